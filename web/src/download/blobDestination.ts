import type { Bytes } from "../envelope/bytes.ts";
import type { Destination } from "./destination.ts";

// Browsers may keep a Blob out of memory, but not the arrays that it is made of later on.
const partLength = 4 * 2 ** 20;

/** Keeps a download until it is whole, and then hands it over: for every browser, and as much as it has memory for. */
export class BlobDestination implements Destination {
  readonly #handOver: (blob: Blob) => void;
  #parts: Blob[] = [];
  #pieces: Bytes[] = [];
  #length = 0;

  constructor(handOver: (blob: Blob) => void) {
    this.#handOver = handOver;
  }

  write(bytes: Bytes): Promise<void> {
    this.#pieces.push(bytes);
    this.#length += bytes.length;
    if (this.#length >= partLength) {
      this.#keepPart();
    }
    return Promise.resolve();
  }

  complete(): Promise<boolean> {
    this.#keepPart();
    this.#handOver(new Blob(this.#parts, { type: "application/octet-stream" }));
    this.abort();
    return Promise.resolve(true);
  }

  abort(): void {
    this.#parts = [];
    this.#pieces = [];
  }

  #keepPart(): void {
    this.#parts.push(new Blob(this.#pieces));
    this.#pieces = [];
    this.#length = 0;
  }
}
