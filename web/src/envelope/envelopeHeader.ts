import { concat, random, utf8, type Bytes } from "./bytes.ts";
import { ok, refused, type Result } from "./envelopeFailure.ts";

/** How a passphrase is stretched: not at all where there is none, else by Argon2id. */
export type Kdf = "none" | "argon2id";

// By the number in the header's byte 5.
const kdfs: readonly Kdf[] = ["none", "argon2id"];
const magic = utf8("OTS1");
const suite = 1;

/** The first 24 bytes of an envelope: magic, suite, kdf, two zero bytes, salt. */
export class EnvelopeHeader {
  static readonly length = 24;
  static readonly saltLength = 16;
  readonly #bytes: Bytes;
  readonly kdf: Kdf;
  #sealed: boolean;

  private constructor(bytes: Bytes, kdf: Kdf, sealed: boolean) {
    this.#bytes = bytes;
    this.kdf = kdf;
    this.#sealed = sealed;
  }

  /** A header with a new salt, for one envelope: never seal two secrets under one header. */
  static create(kdf: Kdf): EnvelopeHeader {
    return EnvelopeHeader.withSalt(kdf, random(EnvelopeHeader.saltLength));
  }

  /** With a salt that is known beforehand, for tests only. */
  static withSalt(kdf: Kdf, salt: Bytes): EnvelopeHeader {
    if (salt.length !== EnvelopeHeader.saltLength) {
      throw new RangeError("A salt has 16 bytes.");
    }
    const bytes = concat(magic, new Uint8Array([suite, kdfs.indexOf(kdf), 0, 0]), salt);
    return new EnvelopeHeader(bytes, kdf, false);
  }

  /**
   * Reads the first 24 bytes. Every value that this version does not know is refused, so that nobody can turn a cost
   * or a length up or down.
   */
  static read(envelope: Bytes): Result<EnvelopeHeader> {
    if (envelope.length < EnvelopeHeader.length || magic.some((byte, at) => envelope[at] !== byte)) {
      return refused("not-an-envelope");
    }
    if (envelope[4] !== suite) {
      return refused("unknown-suite");
    }
    const kdf = kdfs[envelope[5] ?? kdfs.length];
    if (kdf === undefined) {
      return refused("unknown-kdf");
    }
    if (envelope[6] !== 0 || envelope[7] !== 0) {
      return refused("reserved-not-zero");
    }
    return ok(new EnvelopeHeader(envelope.slice(0, EnvelopeHeader.length), kdf, true));
  }

  /** All 24 bytes, a copy. */
  get bytes(): Bytes {
    return this.#bytes.slice();
  }

  get salt(): Bytes {
    return this.#bytes.slice(-EnvelopeHeader.saltLength);
  }

  /**
   * Gives the header away to one envelope. The nonces begin at zero under every header, so a second envelope under this
   * one would repeat them, and a header that was read has sealed its envelope already.
   */
  beginSealing(): void {
    if (this.#sealed) {
      throw new Error("This header has sealed an envelope: create another.");
    }
    this.#sealed = true;
  }
}
