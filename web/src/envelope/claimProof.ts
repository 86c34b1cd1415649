import type { Bytes } from "./bytes.ts";
import { encodeBase64Url } from "./strictBase64Url.ts";
import { Verifier } from "./verifier.ts";

/**
 * What a recipient shows to prove that they hold the link and know the passphrase, where there is one.
 */
export class ClaimProof {
  static readonly length = 32;
  readonly #bytes: Bytes;

  /** Exactly 32 bytes. */
  constructor(bytes: Bytes) {
    if (bytes.length !== ClaimProof.length) {
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
