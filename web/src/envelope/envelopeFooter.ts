import { concat, type Bytes } from "./bytes.ts";
import { ok, refused, type Result } from "./envelopeFailure.ts";
import { SealedManifest } from "./sealedManifest.ts";
import { Verifier } from "./verifier.ts";

// Two verifiers and the manifest's length.
const fixedLength = 2 * Verifier.length + 4;

/** The end of an envelope: sealed manifest, the verifiers of the two proofs, and the sealed manifest's length. */
export class EnvelopeFooter {
  static readonly minLength = SealedManifest.minLength + fixedLength;
  static readonly maxLength = SealedManifest.maxLength + fixedLength;
  readonly manifest: SealedManifest;
  readonly linkVerifier: Verifier;
  readonly claimVerifier: Verifier;

  constructor(manifest: SealedManifest, linkVerifier: Verifier, claimVerifier: Verifier) {
    this.manifest = manifest;
    this.linkVerifier = linkVerifier;
    this.claimVerifier = claimVerifier;
  }

  get length(): number {
    return this.manifest.length + fixedLength;
  }

  /** Reads a footer from the end of what follows an envelope's header: all of it, or at least its last 65,620 bytes. */
  static read(tail: Bytes): Result<EnvelopeFooter> {
    if (tail.length < EnvelopeFooter.minLength) {
      return refused("not-an-envelope");
    }
    const length = new DataView(tail.buffer, tail.byteOffset, tail.length).getUint32(tail.length - 4);
    if (tail.length < length + fixedLength) {
      return refused("footer-length");
    }
    const bytes = tail.slice(-(length + fixedLength));
    const manifest = SealedManifest.read(bytes.slice(0, length));
    if (!manifest.ok) {
      return manifest;
    }
    const verifiers = bytes.subarray(length, -4);
    const link = new Verifier(verifiers.subarray(0, Verifier.length));
    const claim = new Verifier(verifiers.subarray(Verifier.length));
    return ok(new EnvelopeFooter(manifest.value, link, claim));
  }

  toBytes(): Bytes {
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, this.manifest.length);
    return concat(this.manifest.bytes, this.linkVerifier.bytes, this.claimVerifier.bytes, length);
  }
}
