import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readLines } from './read-lines.ts';

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const linesOf = async (text: string, size: number): Promise<string[]> => {
  const lines: string[] = [];
  for await (const line of readLines(pieces(Buffer.from(text, 'utf8'), size))) lines.push(line);
  return lines;
};

it('gives the same lines however the bytes arrive, and splits at line feeds only', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc
          .string({ unit: fc.constantFrom('a', 'é', '🙂', '\r', '\u2028', '\ufeff', ' ') })
          .filter((line) => line !== ''),
        { minLength: 1 },
      ),
      fc.integer({ min: 1, max: 9 }),
      async (lines, size) => {
        expect(await linesOf(`${lines.join('\n')}\n`, size)).toEqual(lines);
        expect(await linesOf(lines.join('\n'), size)).toEqual(lines);
      },
    ),
  );
});

it('holds no more than a bounded part of a line without end', async () => {
  const [line = ''] = await linesOf('x'.repeat(5 << 20), 1 << 16);
  expect(line.length).toBeLessThan(2 << 20);
});
