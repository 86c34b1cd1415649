import { ContentReader } from "./contentReader.ts";
import type { Bytes } from "./bytes.ts";
import { EnvelopeFooter } from "./envelopeFooter.ts";
import { EnvelopeHeader } from "./envelopeHeader.ts";
import { ok, refused, type Result } from "./envelopeFailure.ts";
import { KeySchedule } from "./keySchedule.ts";
import type { LinkKey } from "./linkKey.ts";
import type { Manifest } from "./manifest.ts";
import type { Passphrase } from "./passphrase.ts";

/** A whole envelope that has been opened: what is in it, and the files' bytes. */
export class EnvelopeReader {
  readonly keys: KeySchedule;
  readonly manifest: Manifest;
  readonly content: ContentReader;

  private constructor(keys: KeySchedule, manifest: Manifest, content: ContentReader) {
    this.keys = keys;
    this.manifest = manifest;
    this.content = content;
  }

  /**
   * Opens a whole envelope, as a file or a vector holds it. Both verifiers are checked before anything is opened, which
   * commits the envelope to its key and passphrase. The passphrase is ignored where the envelope has none.
   */
  static async open(
    envelope: Bytes,
    linkKey: LinkKey,
    passphrase: Passphrase | null,
  ): Promise<Result<EnvelopeReader>> {
    const header = EnvelopeHeader.read(envelope);
    if (!header.ok) {
      return header;
    }
    const tail = envelope.subarray(EnvelopeHeader.length);
    const footer = EnvelopeFooter.read(tail);
    if (!footer.ok) {
      return footer;
    }
    const { manifest: sealed, linkVerifier, claimVerifier, length } = footer.value;
    const linkProof = await KeySchedule.linkProof(linkKey);
    if (!(await linkProof.verifier()).equals(linkVerifier)) {
      return refused("wrong-link-key");
    }
    const needed = header.value.kdf !== "none";
    if (needed && passphrase === null) {
      return refused("passphrase-required");
    }
    const keys = await KeySchedule.derive(linkKey, header.value, needed ? passphrase : null);
    if (!(await keys.claimProof.verifier()).equals(claimVerifier)) {
      return refused("wrong-passphrase");
    }
    const records = tail.subarray(0, tail.length - length);
    const manifest = await sealed.open(keys, records.length);
    return manifest.ok
      ? ok(new EnvelopeReader(keys, manifest.value, new ContentReader([records], keys, manifest.value)))
      : manifest;
  }
}
