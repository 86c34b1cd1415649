import type { Bytes } from "../envelope/bytes.ts";
import { ContentReader } from "../envelope/contentReader.ts";
import type { ContentSpan } from "../envelope/contentSpan.ts";
import { EnvelopeHeader } from "../envelope/envelopeHeader.ts";
import { KeySchedule } from "../envelope/keySchedule.ts";
import { LinkKey } from "../envelope/linkKey.ts";
import type { Manifest } from "../envelope/manifest.ts";
import { Passphrase } from "../envelope/passphrase.ts";
import { SealedManifest } from "../envelope/sealedManifest.ts";
import { BytePort, bytesFrom, Stopped } from "./bytePort.ts";
import type { ContentEnd, DeriveAnswer, ManifestAnswer, Opening } from "./messages.ts";

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

  /** All content, or a span of it out of the records that hold it. */
  openContent(records: MessagePort, content: MessagePort, span?: ContentSpan): Opening {
    if (this.#keys === null || this.#manifest === null) {
      throw new Error("There is no manifest yet.");
    }
    const reader = new ContentReader(bytesFrom<null>(records), this.#keys, this.#manifest, { span });
    void sendContent(reader, new BytePort<ContentEnd>(content));
    return { kind: "opening" };
  }
}

async function sendContent(reader: ContentReader, sink: BytePort<ContentEnd>): Promise<void> {
  try {
    let piece = await reader.read();
    for (; piece.kind === "piece"; piece = await reader.read()) {
      await sink.write(piece.bytes);
    }
    sink.end(piece);
  } catch (error) {
    if (!(error instanceof Stopped)) {
      sink.fail(error);
    }
  } finally {
    await reader.dispose();
  }
}
