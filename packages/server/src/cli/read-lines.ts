/** Far beyond any line of an export: what is longer is cut, and so found to be no line. */
const LONGEST = 1 << 20;

/**
 * The lines of a stream, split at line feeds only and otherwise byte for byte: a reader that also split at carriage
 * returns would hide that somebody put one in.
 */
export async function* readLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    for (let at = rest.indexOf(0x0a); at >= 0; at = rest.indexOf(0x0a)) {
      yield Buffer.concat([...held, rest.subarray(0, at)]).toString('utf8');
      held = [];
      size = 0;
      rest = rest.subarray(at + 1);
    }
    if (size <= LONGEST) held.push(rest);
    size += rest.length;
  }
  const last = Buffer.concat(held);
  if (last.length > 0) yield last.toString('utf8');
}
