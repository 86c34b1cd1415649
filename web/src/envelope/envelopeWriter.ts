import { piecesOf, type ByteSource } from "./byteSource.ts";
import type { Bytes } from "./bytes.ts";
import { EnvelopeFooter } from "./envelopeFooter.ts";
import type { KeySchedule } from "./keySchedule.ts";
import type { LinkProof } from "./linkProof.ts";
import { encodeManifest, isUnicodeFile, maxManifestLength, type ManifestFile } from "./manifest.ts";
import { maxContentLength, paddedLength } from "./padding.ts";
import { recordContentLength } from "./records.ts";
import { RecordWriter } from "./recordWriter.ts";
import { SealedManifest } from "./sealedManifest.ts";

/**
 * Where sealed bytes go, in order, and belong from then on. Each write has ended before the next, and one that throws
 * ends the envelope.
 */
export interface ByteSink {
  write(bytes: Bytes): Promise<void>;
}

/** What follows is the file's content; or the names are more or longer than a manifest holds, or no Unicode. */
export type BeginFile = "begun" | "manifest-too-large" | "not-unicode";

/** It is all in the sink; or the names are more or longer than a manifest holds, and there is no footer. */
export type CompleteEnvelope = "complete" | "manifest-too-large";

// {"name":"","type":"","size":0},
const leastEntryLength = 31;

/**
 * Seals a secret in one pass, without knowing its length, in memory that does not depend on it. For each file beginFile
 * and write, or writeFile; at the end complete. What is written before that is worth nothing without the footer.
 */
export class EnvelopeWriter {
  readonly #sink: ByteSink;
  readonly #keys: KeySchedule;
  readonly #linkProof: LinkProof;
  readonly #inFlight: number;
  readonly #records: RecordWriter;
  readonly #files: ManifestFile[] = [];
  readonly #record: Bytes = new Uint8Array(recordContentLength);
  readonly #inWork: Promise<Bytes>[];
  #filled = 0;
  #contentLength = 0;
  #leastManifestLength = 0;
  #over = false;

  /**
   * Begins an envelope, with keys under a new header, which it takes: of two writers under one header the second
   * throws. The link proof is of the same link key; so many records are sealed at once.
   */
  constructor(sink: ByteSink, keys: KeySchedule, linkProof: LinkProof, { inFlight = 8 } = {}) {
    keys.header.beginSealing();
    this.#sink = sink;
    this.#keys = keys;
    this.#linkProof = linkProof;
    this.#inFlight = inFlight;
    this.#records = new RecordWriter(keys);
    this.#inWork = [Promise.resolve(keys.header.bytes)];
  }

  /** The sum of the files' bytes so far. */
  get contentLength(): number {
    return this.#contentLength;
  }

  beginFile(name: string, type: string): BeginFile {
    this.#throwIfOver();
    if (!isUnicodeFile({ name, type })) {
      return "not-unicode";
    }
    // A bound on memory: what passes here may still turn out too long once it is JSON, at completion.
    const least = this.#leastManifestLength + leastEntryLength + name.length + type.length;
    if (least > maxManifestLength) {
      return "manifest-too-large";
    }
    this.#leastManifestLength = least;
    this.#files.push({ name, type, size: 0 });
    return "begun";
  }

  /** Takes the next bytes of the file, which may be overwritten once this has ended. */
  async write(bytes: Bytes): Promise<void> {
    this.#throwIfOver();
    const file = this.#files.at(-1);
    if (file === undefined) {
      throw new Error("No file has begun.");
    }
    if (this.#contentLength + bytes.length > maxContentLength) {
      throw new RangeError("No secret is this long.");
    }
    this.#files[this.#files.length - 1] = { ...file, size: file.size + bytes.length };
    this.#contentLength += bytes.length;
    await this.#take(bytes);
  }

  /** Begins a file and writes a whole source as its content. */
  async writeFile(name: string, type: string, content: ByteSource): Promise<BeginFile> {
    const begun = this.beginFile(name, type);
    if (begun === "begun") {
      for await (const piece of piecesOf(content)) {
        await this.write(piece);
      }
    }
    return begun;
  }

  /** Pads the content, seals the last record and writes the footer. */
  async complete({ text = false } = {}): Promise<CompleteEnvelope> {
    this.#throwIfOver();
    if (this.#files.length === 0) {
      throw new Error("A secret has at least one file.");
    }
    const manifest = encodeManifest({ files: this.#files, text });
    if (manifest === null) {
      return "manifest-too-large";
    }
    await this.#pad();
    // From here on nothing can be added: what follows is sealed under nonces that are used once.
    this.#over = true;
    await this.#seal(true);
    const sealed = await SealedManifest.seal(manifest, this.#keys);
    manifest.fill(0);
    const verifiers = await Promise.all([this.#linkProof.verifier(), this.#keys.claimProof.verifier()]);
    await this.#sink.write(new EnvelopeFooter(sealed, ...verifiers).toBytes());
    this.dispose();
    return "complete";
  }

  /** Zeroes what is left of the secret in memory; nothing can be added any more. */
  dispose(): void {
    this.#over = true;
    this.#record.fill(0);
  }

  async #pad(): Promise<void> {
    const zeros = new Uint8Array(recordContentLength);
    let left = paddedLength(this.#contentLength) - this.#contentLength;
    while (left > 0) {
      const some = zeros.subarray(0, left);
      await this.#take(some);
      left -= some.length;
    }
  }

  // A full record is sealed when more has come: until then it may be the last.
  async #take(bytes: Bytes): Promise<void> {
    for (let rest = bytes; rest.length > 0; ) {
      if (this.#filled === recordContentLength) {
        await this.#seal(false);
      }
      const part = rest.subarray(0, recordContentLength - this.#filled);
      this.#record.set(part, this.#filled);
      this.#filled += part.length;
      rest = rest.subarray(part.length);
    }
  }

  async #seal(last: boolean): Promise<void> {
    // WebCrypto has copied the content when seal returns, so the next record may be filled.
    this.#inWork.push(this.#records.seal(this.#record.subarray(0, this.#filled), last));
    this.#filled = 0;
    while (this.#inWork.length > (last ? 0 : this.#inFlight - 1)) {
      await this.#writeOldest();
    }
  }

  async #writeOldest(): Promise<void> {
    const oldest = await this.#inWork.shift();
    if (oldest === undefined) {
      return;
    }
    try {
      await this.#sink.write(oldest);
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  #throwIfOver(): void {
    if (this.#over) {
      throw new Error("The envelope is complete, or its sink has failed.");
    }
  }
}
