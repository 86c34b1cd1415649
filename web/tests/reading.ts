import { concat, type Bytes } from "../src/envelope/bytes.ts";
import type { ContentReader } from "../src/envelope/contentReader.ts";
import type { EnvelopeFailure, Result } from "../src/envelope/envelopeFailure.ts";

/** The value of what must be one. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) {
    throw new Error(`There is none: ${result.failure}`);
  }
  return result.value;
}

/** Reads content to its end or to its first failure, and gives what was handed on until then. */
export async function readAll(
  content: ContentReader,
): Promise<{ readonly handed: Bytes; readonly failure: EnvelopeFailure | null }> {
  const handed: Bytes[] = [];
  for (;;) {
    const piece = await content.read();
    switch (piece.kind) {
      case "piece":
        handed.push(piece.bytes);
        break;
      case "end":
        return { handed: concat(...handed), failure: null };
      case "failure":
        return { handed: concat(...handed), failure: piece.failure };
    }
  }
}

/** All that comes, in one; throws as its source does. */
export async function joined(pieces: AsyncIterable<Bytes>): Promise<Bytes> {
  const kept: Bytes[] = [];
  for await (const piece of pieces) {
    kept.push(piece);
  }
  return concat(...kept);
}
