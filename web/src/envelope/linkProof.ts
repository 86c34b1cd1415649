import type { Bytes } from "./bytes.ts";
import { encodeBase64Url } from "./strictBase64Url.ts";
import { Verifier } from "./verifier.ts";

/**
 * What a recipient shows to prove that they hold the link: it depends on the link key alone, so that it can be shown
 * for a share that is gone.
 */
export class LinkProof {
  static readonly length = 32;
  readonly #bytes: Bytes;

  /** Exactly 32 bytes. */
  constructor(bytes: Bytes) {
    if (bytes.length !== LinkProof.length) {
      throw new RangeError("A proof has 32 bytes.");
    }
    this.#bytes = bytes;
  }

  /** All 32 bytes, a copy: a secret still. */
  get bytes(): Bytes {
    return this.#bytes.slice();
  }

  /** What a server keeps of it. */
  verifier(): Promise<Verifier> {
    return Verifier.of(this.#bytes);
  }

  /** 43 characters of base64url, for the server that it is shown to. */
  toText(): string {
    return encodeBase64Url(this.#bytes);
  }

  dispose(): void {
    this.#bytes.fill(0);
  }
}
