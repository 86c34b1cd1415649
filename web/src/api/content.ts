import type { Bytes } from "../envelope/bytes.ts";
import type { ContentOutcome } from "./answers.ts";
import type { Abortable } from "./exchange.ts";
import { readRefusal, unexpected } from "./refusal.ts";

/** Which bytes of the records: from this one on, and before that one; all without. */
export interface ContentPart extends Abortable {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Of an earlier part: where the records are others, all of them come. */
  readonly etag?: string | undefined;
}

export function rangeHeaders({ from, to, etag }: ContentPart): Readonly<Record<string, string>> {
  if (from === undefined && to === undefined) {
    return {};
  }
  const range = { Range: `bytes=${from ?? 0}-${to === undefined ? "" : to - 1}` };
  return etag === undefined ? range : { ...range, "If-Range": etag };
}

export async function readContent(response: Response, { from = 0 }: ContentPart): Promise<ContentOutcome> {
  if (response.status !== 200 && response.status !== 206) {
    return readRefusal(response, ["gone", "lost", "not-found", "range-not-satisfiable"]);
  }
  const whole = response.status === 200;
  const range = /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers.get("Content-Range") ?? "");
  const begins = whole ? 0 : Number(range?.[1]);
  const size = Number(whole ? (response.headers.get("Content-Length") ?? Number.NaN) : range?.[2]);
  // Bytes of another place than the one that was asked for would be taken for that one.
  if (response.body === null || !Number.isSafeInteger(size) || (!whole && begins !== from)) {
    await response.body?.cancel();
    return unexpected(response);
  }
  // The DOM's own type of a body says less than that it is of bytes in memory of their own.
  const body: ReadableStream<Bytes> = response.body;
  return { kind: "content", body, from: begins, size, etag: response.headers.get("ETag") };
}
