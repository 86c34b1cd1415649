import { argon2id } from "hash-wasm";
import { isUnicode, utf8, type Bytes } from "./bytes.ts";
import { ok, refused, type Result } from "./envelopeFailure.ts";

/**
 * What a person adds on top of the link: UTF-8 exactly as given, not trimmed and not normalized, so that every
 * platform makes the same bytes of it. 1 to 1,024 bytes. Disposing zeroes them.
 */
export class Passphrase {
  static readonly maxLength = 1024;
  static readonly stretchedLength = 32;
  readonly #utf8: Bytes;

  private constructor(bytes: Bytes) {
    this.#utf8 = bytes;
  }

  /** Reads what a person typed: malformed-passphrase where it is too long or not Unicode; empty means none: null. */
  static parse(text: string): Result<Passphrase | null> {
    if (text.length > Passphrase.maxLength || !isUnicode(text)) {
      return refused("malformed-passphrase");
    }
    const bytes = utf8(text);
    if (bytes.length > Passphrase.maxLength) {
      return refused("malformed-passphrase");
    }
    return ok(bytes.length === 0 ? null : new Passphrase(bytes));
  }

  /**
   * Argon2id v1.3 (RFC 9106) with 65,536 KiB, 3 passes, 1 lane: 64 MiB and some 300 ms in which the thread does nothing
   * else, so a page does this in a worker.
   */
  async stretch(salt: Bytes): Promise<Bytes> {
    const stretched = await argon2id({
      password: this.#utf8,
      salt,
      memorySize: 65_536,
      iterations: 3,
      parallelism: 1,
      hashLength: Passphrase.stretchedLength,
      outputType: "binary",
    });
    const bytes = new Uint8Array(stretched);
    stretched.fill(0);
    return bytes;
  }

  dispose(): void {
    this.#utf8.fill(0);
  }
}
