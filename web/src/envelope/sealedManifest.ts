import { openAesGcm, sealAesGcm } from "./aesGcm.ts";
import type { Bytes } from "./bytes.ts";
import { ok, refused, type Result } from "./envelopeFailure.ts";
import type { KeySchedule } from "./keySchedule.ts";
import { contentLength, decodeManifest, manifestLengthStep, maxManifestLength, type Manifest } from "./manifest.ts";
import { sealedLengthOf, tagLength } from "./records.ts";

// The key seals this one message and no other, so a nonce that is always the same never repeats under it.
const nonce = new Uint8Array(12);

/** A manifest under its own key, as it lies in a footer: 272 to 65,552 bytes. */
export class SealedManifest {
  static readonly minLength = manifestLengthStep + tagLength;
  static readonly maxLength = maxManifestLength + tagLength;
  readonly #bytes: Bytes;

  private constructor(bytes: Bytes) {
    this.#bytes = bytes;
  }

  /** Whether a sealed manifest can be this long. */
  static isLength(length: number): boolean {
    return (
      length >= SealedManifest.minLength &&
      length <= SealedManifest.maxLength &&
      (length - tagLength) % manifestLengthStep === 0
    );
  }

  /** Takes sealed bytes, as a server sends them: footer-length where there can be no such manifest. */
  static read(bytes: Bytes): Result<SealedManifest> {
    return SealedManifest.isLength(bytes.length) ? ok(new SealedManifest(bytes)) : refused("footer-length");
  }

  /** Seals what encodeManifest made. */
  static async seal(manifest: Bytes, keys: KeySchedule): Promise<SealedManifest> {
    return new SealedManifest(await sealAesGcm(keys.manifestKey, nonce, manifest, keys.header.bytes));
  }

  get bytes(): Bytes {
    return this.#bytes;
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** Opens it. The length is that of the sealed records, which must be the one that the manifest's sizes make. */
  async open(keys: KeySchedule, recordsLength: number): Promise<Result<Manifest>> {
    const encoded = await openAesGcm(keys.manifestKey, nonce, this.#bytes, keys.header.bytes);
    if (encoded === null) {
      return refused("manifest-tampered");
    }
    const manifest = decodeManifest(encoded);
    encoded.fill(0);
    if (manifest === null) {
      return refused("manifest-malformed");
    }
    return sealedLengthOf(contentLength(manifest)) === recordsLength ? ok(manifest) : refused("records-length");
  }
}
