import type { Bytes } from "../envelope/bytes.ts";

/** What comes in pieces of any length, in pieces of one length; the last one may be shorter. */
export async function* inPiecesOf(length: number, source: AsyncIterable<Bytes>): AsyncGenerator<Bytes, void> {
  let piece = new Uint8Array(length);
  let filled = 0;
  for await (const bytes of source) {
    for (let rest = bytes; rest.length > 0; ) {
      const part = rest.subarray(0, length - filled);
      piece.set(part, filled);
      filled += part.length;
      rest = rest.subarray(part.length);
      if (filled === length) {
        yield piece;
        piece = new Uint8Array(length);
        filled = 0;
      }
    }
  }
  if (filled > 0) {
    yield piece.slice(0, filled);
  }
}
