import type { Bytes } from "../envelope/bytes.ts";
import { EnvelopeHeader } from "../envelope/envelopeHeader.ts";
import { KeySchedule } from "../envelope/keySchedule.ts";
import { LinkKey } from "../envelope/linkKey.ts";
import type { Manifest } from "../envelope/manifest.ts";
import { Passphrase } from "../envelope/passphrase.ts";
import { SealedManifest } from "../envelope/sealedManifest.ts";
import { deliverContent } from "./deliverContent.ts";
import type { DeliverAnswer, Delivery, DeriveAnswer, ManifestAnswer } from "./messages.ts";

/** Opens one share: derive, as often as a passphrase is tried, then its manifest, then its content. */
export class OpenShare {
  #keys: KeySchedule | null = null;
  #manifest: Manifest | null = null;

  async derive(fragment: string, headerBytes: Bytes, typed: string): Promise<DeriveAnswer> {
    const linkKey = LinkKey.parse(fragment);
    if (!linkKey.ok) {
      return { kind: "failure", failure: linkKey.failure };
    }
    const passphrase = Passphrase.parse(typed);
    if (!passphrase.ok) {
      return { kind: "failure", failure: passphrase.failure };
    }
    const header = EnvelopeHeader.read(headerBytes);
    if (!header.ok) {
      return { kind: "failure", failure: header.failure };
    }
    const needed = header.value.kdf !== "none";
    if (needed && passphrase.value === null) {
      return { kind: "failure", failure: "passphrase-required" };
    }
    this.#keys = await KeySchedule.derive(linkKey.value, header.value, needed ? passphrase.value : null);
    const linkProof = await KeySchedule.linkProof(linkKey.value);
    passphrase.value?.dispose();
    linkKey.value.dispose();
    return { kind: "derived", linkProof: linkProof.bytes, claimProof: this.#keys.claimProof.bytes };
  }

  async openManifest(sealed: Bytes, size: number): Promise<ManifestAnswer> {
    if (this.#keys === null) {
      throw new Error("There are no keys yet.");
    }
    const read = SealedManifest.read(sealed);
    const manifest = read.ok ? await read.value.open(this.#keys, size) : read;
    if (!manifest.ok) {
      return { kind: "failure", failure: manifest.failure };
    }
    this.#manifest = manifest.value;
    return { kind: "manifest", manifest: manifest.value };
  }

  /** Answers when it has ended. */
  async deliver(delivery: Delivery): Promise<DeliverAnswer> {
    if (this.#keys === null || this.#manifest === null) {
      throw new Error("There is no manifest yet.");
    }
    return deliverContent(delivery, this.#keys, this.#manifest);
  }
}
