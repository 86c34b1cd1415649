import type { Bytes } from "./bytes.ts";

/** What ReadableStream has everywhere; not every browser lets one iterate over it. */
export interface ByteStream {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Bytes | undefined }>;
    cancel(reason?: unknown): Promise<void>;
  };
}

/** Where bytes come from, in pieces of any length: a stream, as of a file or an answer, or anything to iterate over. */
export type ByteSource = ByteStream | AsyncIterable<Bytes> | Iterable<Bytes>;

/** The pieces of a source. Who stops early cancels it. */
export async function* piecesOf(source: ByteSource): AsyncGenerator<Bytes, void, undefined> {
  const pieces = new Pieces(source);
  try {
    for (let piece = await pieces.next(); piece !== null; piece = await pieces.next()) {
      yield piece;
    }
  } finally {
    await pieces.cancel();
  }
}

class Pieces {
  readonly next: () => Promise<Bytes | null>;
  readonly cancel: () => Promise<void>;

  constructor(source: ByteSource) {
    if ("getReader" in source) {
      const reader = source.getReader();
      this.next = async () => (await reader.read()).value ?? null;
      // A read that is waiting ends with this, and a stream that has ended or broken takes it too.
      this.cancel = () => reader.cancel().catch(() => undefined);
    } else {
      const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
      this.next = async () => {
        const next = await iterator.next();
        return next.done === true ? null : next.value;
      };
      this.cancel = async () => {
        await iterator.return?.();
      };
    }
  }
}

/** Reads a source by lengths of one's own choice. */
export class ByteReader {
  readonly #pieces: Pieces;
  #piece: Bytes = new Uint8Array(0);

  constructor(source: ByteSource) {
    this.#pieces = new Pieces(source);
  }

  /** So many bytes; null where the source ends before. */
  async read(length: number): Promise<Bytes | null> {
    const bytes = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      if (await this.atEnd()) {
        return null;
      }
      const part = this.#piece.subarray(0, length - filled);
      bytes.set(part, filled);
      filled += part.length;
      this.#piece = this.#piece.subarray(part.length);
    }
    return bytes;
  }

  async atEnd(): Promise<boolean> {
    while (this.#piece.length === 0) {
      const next = await this.#pieces.next();
      if (next === null) {
        return true;
      }
      this.#piece = next;
    }
    return false;
  }

  /** Lets go of the source. */
  async cancel(): Promise<void> {
    await this.#pieces.cancel();
  }
}
