import type { Bytes } from "./bytes.ts";

/** The SHA-256 of a proof or a token: all that a server keeps of one. */
export class Verifier {
  static readonly length = 32;
  readonly #hash: Bytes;

  /** Exactly 32 bytes. */
  constructor(hash: Bytes) {
    if (hash.length !== Verifier.length) {
      throw new RangeError("A verifier has 32 bytes.");
    }
    this.#hash = hash.slice();
  }

  /** The verifier of what somebody shows. */
  static async of(shown: Bytes): Promise<Verifier> {
    return new Verifier(new Uint8Array(await crypto.subtle.digest("SHA-256", shown)));
  }

  get bytes(): Bytes {
    return this.#hash.slice();
  }

  /** Whether both are the hash of the same thing; how long it takes tells nothing, since nobody can choose a hash. */
  equals(other: Verifier): boolean {
    return this.#hash.every((byte, at) => byte === other.#hash[at]);
  }
}
