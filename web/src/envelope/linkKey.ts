import { random, type Bytes } from "./bytes.ts";
import { ok, refused, type Result } from "./envelopeFailure.ts";
import { decodeBase64Url, encodeBase64Url } from "./strictBase64Url.ts";

/**
 * 32 random bytes, carried only in a link's fragment, from which every key and proof of an envelope derives.
 * Disposing zeroes them.
 */
export class LinkKey {
  static readonly length = 32;
  readonly #bytes: Bytes;

  private constructor(bytes: Bytes) {
    this.#bytes = bytes;
  }

  /** A new one from the system's random numbers. */
  static create(): LinkKey {
    return new LinkKey(random(LinkKey.length));
  }

  /** Reads the 43 characters of a link's fragment, canonical base64url; else malformed-link-key. */
  static parse(fragment: string): Result<LinkKey> {
    const bytes = decodeBase64Url(fragment, LinkKey.length);
    return bytes === null ? refused("malformed-link-key") : ok(new LinkKey(bytes));
  }

  /** For the key schedule only. */
  get bytes(): Bytes {
    return this.#bytes;
  }

  /** 43 characters for a link's fragment: a secret, and not toString so that no log gets it. */
  toFragment(): string {
    return encodeBase64Url(this.#bytes);
  }

  dispose(): void {
    this.#bytes.fill(0);
  }
}
