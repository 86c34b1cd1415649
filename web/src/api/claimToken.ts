import { random } from "../envelope/bytes.ts";
import { decodeBase64Url, encodeBase64Url } from "../envelope/strictBase64Url.ts";

/** The claimant's own 16 random bytes, by which they fetch and acknowledge. Kept until they have acknowledged. */
export class ClaimToken {
  static readonly length = 16;
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  /** A new one from the system's random numbers. */
  static create(): ClaimToken {
    return new ClaimToken(encodeBase64Url(random(ClaimToken.length)));
  }

  /** Reads canonical base64url; null for everything else. */
  static parse(text: string): ClaimToken | null {
    return decodeBase64Url(text, ClaimToken.length) === null ? null : new ClaimToken(text);
  }

  /** 22 characters of base64url: a secret, and not toString so that no log gets it. */
  toText(): string {
    return this.#text;
  }
}
