import { ByteReader, type ByteSource } from "./byteSource.ts";
import type { Bytes } from "./bytes.ts";
import { recordsOf, type ContentSpan } from "./contentSpan.ts";
import { ok, refused, type EnvelopeFailure, type Result } from "./envelopeFailure.ts";
import type { KeySchedule } from "./keySchedule.ts";
import { contentLength, type Manifest } from "./manifest.ts";
import { RecordReader } from "./recordReader.ts";
import { recordContentLength, tagLength } from "./records.ts";

/** A piece of content that is authenticated, the end of it, or why there is no more. */
export type ContentPiece =
  | { readonly kind: "piece"; readonly bytes: Bytes }
  | { readonly kind: "end" }
  | { readonly kind: "failure"; readonly failure: EnvelopeFailure };

export interface Reading {
  readonly inFlight?: number;
  /** Which bytes of the content; all of it without. */
  readonly span?: ContentSpan | undefined;
}

/**
 * Opens records to the files' bytes, one after another in the manifest's order, in memory that does not depend on their
 * length. It hands on no byte that is not authenticated, and keeps the last piece back until the padding behind it and
 * the end of the source have been verified too: whoever has got the last piece has got all.
 */
export class ContentReader {
  readonly #source: ByteReader;
  readonly #records: RecordReader;
  readonly #inFlight: number;
  readonly #inWork: Promise<Result<Bytes>>[] = [];
  #reading: Promise<unknown> = Promise.resolve();
  readonly #toEnd: boolean;
  readonly #withLast: boolean;
  #skip: number;
  #contentLeft: number;
  #paddedLeft: number;
  #end: ContentPiece | null;

  /**
   * The source holds all records, or those of a span, and nothing else; so many records are read ahead and opened at
   * once.
   */
  constructor(source: ByteSource, keys: KeySchedule, manifest: Manifest, { inFlight = 8, span }: Reading = {}) {
    const length = contentLength(manifest);
    const { from, to } = span ?? { from: 0, to: length };
    const records = recordsOf({ from, to }, length);
    this.#source = new ByteReader(source);
    this.#records = new RecordReader(keys, records.first);
    this.#inFlight = inFlight;
    this.#toEnd = records.toEnd;
    this.#withLast = records.withLast;
    this.#skip = records.skip;
    this.#contentLeft = to - from;
    this.#paddedLeft = records.padded;
    this.#end = records.padded === 0 ? { kind: "end" } : null;
  }

  /**
   * The next piece, at most 65,536 bytes, the caller's own to zero; one call at a time. A failure and the end are the
   * answer from then on. A source that throws makes this throw.
   */
  async read(): Promise<ContentPiece> {
    if (this.#end !== null) {
      return this.#end;
    }
    // Ended unless all goes well: a source that throws half-way through a record has lost its place in it.
    this.#end = { kind: "failure", failure: "records-truncated" };
    const opened = await this.#nextRecord();
    if (!opened.ok) {
      return (this.#end = { kind: "failure", failure: opened.failure });
    }
    const content = opened.value.subarray(this.#skip);
    const length = Math.min(this.#contentLeft, content.length);
    this.#skip = 0;
    this.#contentLeft -= length;
    // Behind a span within the content comes more content, and behind one to its end nothing but padding.
    const failure = !this.#toEnd || isZero(content.subarray(length))
      ? this.#contentLeft === 0
        ? await this.#verifyEnd()
        : null
      : "padding-not-zero";
    if (failure !== null) {
      opened.value.fill(0);
      return (this.#end = { kind: "failure", failure });
    }
    this.#end = this.#contentLeft === 0 ? { kind: "end" } : null;
    return length === 0 ? { kind: "end" } : { kind: "piece", bytes: content.subarray(0, length) };
  }

  /** Lets go of the source, and of what was opened and not read. */
  async dispose(): Promise<void> {
    this.#end ??= { kind: "failure", failure: "records-truncated" };
    await this.#source.cancel();
    const opened = await Promise.allSettled(this.#inWork.splice(0));
    for (const record of opened) {
      if (record.status === "fulfilled" && record.value.ok) {
        record.value.value.fill(0);
      }
    }
  }

  async #verifyEnd(): Promise<EnvelopeFailure | null> {
    while (this.#inWork.length > 0 || this.#paddedLeft > 0) {
      const padding = await this.#nextRecord();
      if (!padding.ok) {
        return padding.failure;
      }
      if (!isZero(padding.value)) {
        return "padding-not-zero";
      }
    }
    return (await this.#source.atEnd()) ? null : "trailing-bytes";
  }

  async #nextRecord(): Promise<Result<Bytes>> {
    while (this.#inWork.length < this.#inFlight && this.#paddedLeft > 0) {
      const record = this.#beginRecord();
      // Who waits for it is told; until somebody does, a source that breaks is nobody's error yet.
      record.catch(() => undefined);
      this.#inWork.push(record);
    }
    return (await this.#inWork.shift()) ?? refused("records-truncated");
  }

  #beginRecord(): Promise<Result<Bytes>> {
    const padded = Math.min(this.#paddedLeft, recordContentLength);
    this.#paddedLeft -= padded;
    const last = this.#withLast && this.#paddedLeft === 0;
    // One after another from the source, and opened while the next is being read.
    const sealed = this.#reading.then(() => this.#source.read(padded + tagLength));
    this.#reading = sealed;
    return sealed.then(async (record) => {
      if (record === null) {
        return refused("records-truncated");
      }
      const content = await this.#records.open(record, last);
      return content === null ? refused("record-tampered") : ok(content);
    });
  }
}

function isZero(bytes: Bytes): boolean {
  return bytes.every((byte) => byte === 0);
}
