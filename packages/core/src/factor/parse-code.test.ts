import { describe, expect, it } from 'vitest';
import { parseCode } from './parse-code.ts';
import { tidyTypedCode } from './tidy-typed-code.ts';

describe('A one-time code from a machine has exactly one spelling (S-04, I-01, I-32)', () => {
  it('which is a string of six ASCII digits, leading zeros kept', () => {
    expect(parseCode('000042')).toEqual({ ok: true, value: '000042' });
  });

  it.each([
    ['a leading blank', ' 123456'],
    ['an inner blank', '123 456'],
    ['a trailing newline', '123456\n'],
    ['a carriage return', '123456\r'],
    ['a newline instead of a digit', '12345\n'],
    ['full-width digits', '１２３４５６'],
    ['Arabic-Indic digits', '١٢٣٤٥٦'],
    ['a plus sign', '+123456'],
    ['a plus sign within the length', '+12345'],
    ['a minus sign', '-12345'],
    ['a number', 123456],
    ['an array', ['123456']],
    ['an array of digits', ['1', '2', '3', '4', '5', '6']],
    ['an object that prints as a code', { toString: () => '123456' }],
    ['a boxed string', Object('123456')],
    ['nothing', undefined],
    ['null', null],
    ['a decimal', '1234.5'],
    ['an exponent', '1234e1'],
    ['hexadecimal', '0x1234'],
    ['a zero byte', '123456\0'],
    ['a zero-width space', '123456\u200b'],
  ])('and %s is refused unevaluated', (_, text) => {
    expect(parseCode(text)).toEqual({ ok: false, error: 'otp.malformed' });
  });

  it.each([0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12])('and %d digits are refused unevaluated', (length) => {
    expect(parseCode('123456789012'.slice(0, length))).toEqual({ ok: false, error: 'otp.malformed' });
  });
});

describe('A code that a person types into a page', () => {
  it.each(['483 920', '483-920', ' 483920 ', '4 8 3 9 2 0', '483920'])('is understood as %j', (typed) => {
    expect(parseCode(tidyTypedCode(typed))).toEqual({ ok: true, value: '483920' });
  });

  it.each([
    '483\n920',
    '483920\n',
    '483\t920',
    '483\u00a0920',
    '４８３９２０',
    '+483920',
    '',
    ' ',
    483920,
    ['483920'],
  ])('is refused unevaluated as %j (S-04)', (typed) => {
    expect(parseCode(tidyTypedCode(typed)).ok).toBe(false);
  });

  it('is not tidied when it is absurdly long', () => {
    const typed = `483920${' '.repeat(1_000)}`;
    expect(tidyTypedCode(typed)).toBe(typed);
  });
});
