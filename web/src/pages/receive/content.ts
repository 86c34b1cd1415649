import { piecesOf } from "../../envelope/byteSource.ts";
import type { Bytes } from "../../envelope/bytes.ts";
import { recordsOf, type ContentSpan } from "../../envelope/contentSpan.ts";
import { contentLength, type Manifest } from "../../envelope/manifest.ts";
import { Patience } from "../../sharing/patience.ts";
import type { EnvelopeAway } from "../../worker/envelopeAway.ts";
import type { Stop } from "./outcomes.ts";
import { ResumedContent, type ContentEnding } from "./resumedContent.ts";
import type { Taking } from "./taking.ts";

/** The content cannot be had any further, for this reason. */
export class Undeliverable extends Error {
  readonly stop: Stop;

  constructor(stop: Stop) {
    super("The content cannot be had.");
    this.stop = stop;
  }
}

export interface Reading {
  readonly signal: AbortSignal;
  /** It waits for so many seconds and goes on by itself. */
  readonly onWaiting: (seconds: number) => void;
}

/** The content of what was taken: any span of it, fetched as it is read, opened by the worker, every byte verified. */
export class Content {
  readonly #taking: Taking;
  readonly #away: EnvelopeAway;
  readonly #length: number;

  constructor(taking: Taking, away: EnvelopeAway, manifest: Manifest) {
    this.#taking = taking;
    this.#away = away;
    this.#length = contentLength(manifest);
  }

  /** Throws Undeliverable, or the reason of its signal. */
  async *read(span: ContentSpan, { signal, onWaiting }: Reading): AsyncGenerator<Bytes, void, undefined> {
    const { from, to } = recordsOf(span, this.#length).sealed;
    const mine = new AbortController();
    const abort = (): void => {
      mine.abort(signal.reason);
    };
    signal.addEventListener("abort", abort);
    const fetched = new ResumedContent({
      fetch: (part) => this.#taking.content(part),
      size: this.#taking.size,
      patience: new Patience(mine.signal, (_, seconds) => {
        onWaiting(seconds);
      }),
      signal: mine.signal,
    });
    const { records } = this.#taking;
    try {
      // What came with the claim is copied, since a worker takes what it is given.
      const source = records === null ? fetched.read({ from, to }) : [records.slice(from, to)];
      for await (const piece of this.#away.openContent(source, span)) {
        if (piece.kind === "failure") {
          throw new Undeliverable({ kind: "damaged", failure: piece.failure });
        }
        if (piece.kind === "piece") {
          yield piece.bytes;
        }
      }
    } catch (error) {
      signal.throwIfAborted();
      throw fetched.ending === null ? error : new Undeliverable(stopOf(fetched.ending));
    } finally {
      signal.removeEventListener("abort", abort);
      mine.abort(); // whatever it still waits for
    }
  }
}

/** All of a source's bytes: for what is short. */
export async function readPieces(source: AsyncIterable<Bytes>): Promise<readonly Bytes[]> {
  const pieces: Bytes[] = [];
  for await (const piece of piecesOf(source)) {
    pieces.push(piece);
  }
  return pieces;
}

function stopOf(ending: ContentEnding): Stop {
  return ending.kind === "range-not-satisfiable" ? { kind: "unexpected", status: 416 } : ending;
}
