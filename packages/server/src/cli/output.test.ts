import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { createOutput } from './output.ts';

const printed = (isTTY: boolean, rows: readonly { readonly name: string }[]): string => {
  const stream = Object.assign(new PassThrough(), { isTTY }) as unknown as NodeJS.WriteStream;
  createOutput(stream, stream).rows(
    [
      ['NAME', ({ name }) => name],
      ['NONE', () => null],
      ['LIST', () => ['a', 'b']],
    ],
    rows,
  );
  return String((stream as unknown as PassThrough).read() ?? '');
};

it('a value cannot move the cursor, colour a line, end it or add a column', () => {
  const text = printed(false, [{ name: 'a\u001b[31m\n\tb\u202e' }]);
  expect(text).toBe('a�[31m��b�\t-\ta,b\n');
});

it('has a heading and aligned columns on a terminal only', () => {
  expect(stripVTControlCharacters(printed(true, [{ name: 'x' }, { name: 'longer' }]))).toBe(
    'NAME    NONE  LIST\nx       -     a,b\nlonger  -     a,b\n',
  );
  expect(printed(false, [])).toBe('');
});
