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
  if (!("getReader" in source)) {
    yield* source;
    return;
  }
  const reader = source.getReader();
  let done = false;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      if (read.value !== undefined) {
        yield read.value;
      }
    }
    done = true;
  } finally {
    if (!done) {
      await reader.cancel();
    }
  }
}

/** Reads a source by lengths of one's own choice. */
export class ByteReader {
  readonly #pieces: AsyncGenerator<Bytes, void, undefined>;
  #piece: Bytes = new Uint8Array(0);

  constructor(source: ByteSource) {
    this.#pieces = piecesOf(source);
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
      if (next.done === true) {
        return true;
      }
      this.#piece = next.value;
    }
    return false;
  }

  /** Lets go of the source. */
  async cancel(): Promise<void> {
    await this.#pieces.return();
  }
}
