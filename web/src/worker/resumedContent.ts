import type { ContentOutcome } from "../api/answers.ts";
import type { ContentPart } from "../api/content.ts";
import type { Patience } from "../api/patience.ts";
import { piecesOf } from "../envelope/byteSource.ts";
import type { Bytes } from "../envelope/bytes.ts";
import type { ContentSpan } from "../envelope/contentSpan.ts";

/** Why no more of the records is to be had. */
export type ContentEnding =
  | Extract<ContentOutcome, { readonly kind: "gone" | "lost" | "not-found" }>
  | { readonly kind: "unexpected"; readonly status: number };

export interface Resuming {
  /** Asks for a part of the records once. */
  readonly fetch: (part: ContentPart) => Promise<ContentOutcome>;
  /** The length of all records. */
  readonly size: number;
  /** Waits where something broke; its signal is this one. */
  readonly patience: Patience;
  readonly signal: AbortSignal;
  readonly pieceLength?: number;
}

// Something that is no server of this kind answers now and then: a portal in a train, a proxy's error page.
const unexpectedAnswers = 10;

/**
 * The records from one byte to another in pieces that are fetched one after another, and go on where they broke. They
 * are asked for no faster than they are taken, and not given up as long as the server has them: the lease bounds it.
 */
export class ResumedContent {
  /** Why it ended before its end, once it has thrown for another reason than its signal. */
  ending: ContentEnding | null = null;
  readonly #resuming: Resuming;
  #etag: string | null = null;
  #at = 0;
  #unexpected = 0;

  constructor(resuming: Resuming) {
    this.#resuming = resuming;
  }

  async *read({ from, to }: ContentSpan): AsyncGenerator<Bytes, void, undefined> {
    const { fetch, signal, pieceLength = 32 * 2 ** 20 } = this.#resuming;
    this.#at = from;
    while (this.#at < to) {
      signal.throwIfAborted();
      const piece = { from: this.#at, to: Math.min(to, this.#at + pieceLength) };
      const outcome = await fetch({ ...piece, etag: this.#etag ?? undefined, signal });
      if (outcome.kind === "content") {
        yield* this.#bytesOf(outcome, piece.to);
      }
      if (this.#at < piece.to) {
        await this.#wait(outcome);
      }
    }
  }

  async *#bytesOf(
    outcome: Extract<ContentOutcome, { readonly kind: "content" }>,
    to: number,
  ): AsyncGenerator<Bytes, void, undefined> {
    const etag = this.#etag ?? outcome.etag;
    if (outcome.size !== this.#resuming.size || outcome.etag !== etag) {
      await outcome.body.cancel();
      this.#end({ kind: "unexpected", status: 200 }); // other records than those that it began with
    }
    this.#etag = etag;
    let skip = this.#at - outcome.from; // a server that knows no ranges begins at the beginning
    try {
      for await (const bytes of piecesOf(outcome.body)) {
        if (this.#at === to) {
          return; // more than was asked for
        }
        const next = bytes.subarray(skip, skip + to - this.#at);
        skip = Math.max(0, skip - bytes.length);
        if (next.length > 0) {
          this.#at += next.length;
          this.#unexpected = 0;
          this.#resuming.patience.reward();
          yield next;
        }
      }
    } catch (error) {
      // A TypeError is all that a stream says of a broken connection.
      if (this.#resuming.signal.aborted || !(error instanceof TypeError)) {
        throw error;
      }
    }
  }

  async #wait(outcome: ContentOutcome): Promise<void> {
    switch (outcome.kind) {
      case "content": // the connection broke in the middle of it
        return this.#resuming.patience.wait({ kind: "no-answer" });
      case "no-answer":
      case "rate-limited":
      case "unavailable":
        return this.#resuming.patience.wait(outcome);
      case "unexpected":
        return ++this.#unexpected < unexpectedAnswers
          ? this.#resuming.patience.wait({ kind: "no-answer" })
          : this.#end(outcome);
      case "gone":
      case "lost":
      case "not-found":
        return this.#end(outcome);
      case "range-not-satisfiable": // of records whose length it has said itself
        return this.#end({ kind: "unexpected", status: 416 });
    }
  }

  #end(ending: ContentEnding): never {
    this.ending = ending;
    throw new Error("There are no more records.");
  }
}
