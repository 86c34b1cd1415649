import assert from "node:assert/strict";
import test from "node:test";
import { concat, utf8, type Bytes } from "../src/envelope/bytes.ts";
import { ContentReader } from "../src/envelope/contentReader.ts";
import { EnvelopeFooter } from "../src/envelope/envelopeFooter.ts";
import { EnvelopeHeader } from "../src/envelope/envelopeHeader.ts";
import { EnvelopeReader } from "../src/envelope/envelopeReader.ts";
import { EnvelopeWriter, type ByteSink } from "../src/envelope/envelopeWriter.ts";
import { KeySchedule } from "../src/envelope/keySchedule.ts";
import type { Manifest } from "../src/envelope/manifest.ts";
import { isPaddedLength, maxContentLength, paddedLength } from "../src/envelope/padding.ts";
import { isSealedLength, recordContentLength, sealedLengthOf } from "../src/envelope/records.ts";
import { RecordWriter } from "../src/envelope/recordWriter.ts";
import { readAll, valueOf } from "./reading.ts";
import { Kept, knownHeader, knownLinkKey, numbersOf, plain, seal, someBytes } from "./sealing.ts";

const lengths = [0, 1, 255, 256, 257, 65_535, 65_536, 65_537, 131_072, 200_000, 1_100_000];

test("Padding is what its definition says, at both ends of every power of two", () => {
  const numbers = numbersOf(5);
  for (let exponent = 0; exponent <= 48; exponent++) {
    for (let away = -20; away <= 20; away++) {
      assertPadded(2 ** exponent + away);
      assertPadded(Math.floor((numbers.next().value / 2 ** 32) * 2 ** exponent));
    }
  }
  assert.deepEqual([0, 256, 257, 64_000, 65_537].map(paddedLength), [256, 256, 272, 65_536, 67_584]);
  for (const length of [-1, 0.5, Number.NaN, maxContentLength + 1]) {
    assert.throws(() => paddedLength(length), RangeError);
    assert.equal(isPaddedLength(length), false);
  }
});

test("A records length is one where some content makes it", () => {
  for (const length of [...lengths, maxContentLength]) {
    const made = sealedLengthOf(length);
    assert.deepEqual([made - 1, made, made + 1].map(isSealedLength), [false, true, false]);
  }
  for (const length of [-1, 0, 16, 271, 544, 65_568, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.equal(isSealedLength(length), false);
  }
});

for (const length of lengths) {
  test(`Any split of ${length} bytes into reads, and any number in flight, gives the same envelope`, async () => {
    const bytes = someBytes(length);
    const expected = await seal([{ name: "a", pieces: [bytes] }], { inFlight: 1 });
    assert.deepEqual(await contentOf(expected), bytes);
    for (const [seed, inFlight] of [[1, 1], [2, 3], [3, 8]] as const) {
      const pieces = split(bytes, seed);
      assert.deepEqual(await seal([{ name: "a", pieces }], { inFlight }), expected);
      assert.deepEqual(await contentOf(expected, { seed, inFlight }), bytes);
    }
  });
}

test("A flipped bit is refused wherever it is", async () => {
  const envelope = await seal([{ name: "a", pieces: [someBytes(300)] }]);
  const numbers = numbersOf(11);
  for (let at = 0; at < envelope.length; at++) {
    const flipped = envelope.slice();
    flipped[at] = (flipped[at] ?? 0) ^ (1 << numbers.next().value % 8);
    const opened = await EnvelopeReader.open(flipped, knownLinkKey(), null);
    const failure = opened.ok ? (await readAll(opened.value.content)).failure : opened.failure;
    assert.notEqual(failure, null, `at ${at}`);
  }
});

test("The last piece waits for the padding behind it and for the end", async () => {
  // 5 MiB and a byte pad by more than a record, so that the padding has a record of its own.
  const { bytes, records, keys, manifest } = await sealedRecords(5 * 1024 * 1024 + 1);
  const atLast = Math.floor((bytes.length - 1) / recordContentLength) * recordContentLength;
  const flipped = records.slice();
  flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1;

  for (const [source, expected] of [
    [flipped, "record-tampered"],
    [records.slice(0, -1), "records-truncated"],
    [concat(records, new Uint8Array(1)), "trailing-bytes"],
  ] as const) {
    const { handed, failure } = await readAll(new ContentReader([source], keys, manifest));
    assert.equal(failure, expected);
    assert.ok(Buffer.from(handed).equals(bytes.subarray(0, atLast)));
  }
});

test("Padding that is not zero is refused in a record of its own too", async () => {
  const length = 5 * 1024 * 1024 + 1;
  const padded = paddedLength(length);
  for (const at of [length, padded - recordContentLength, padded - 1]) {
    const keys = await KeySchedule.derive(knownLinkKey(), knownHeader(), null);
    const content = new Uint8Array(padded);
    content[at] = 1;
    const writer = new RecordWriter(keys);
    const pieces: Bytes[] = [];
    for (let begin = 0; begin < padded; begin += recordContentLength) {
      const end = Math.min(begin + recordContentLength, padded);
      pieces.push(await writer.seal(content.subarray(begin, end), end === padded));
    }
    const { failure } = await readAll(new ContentReader(pieces, keys, manifestOf(length)));
    assert.equal(failure, "padding-not-zero");
  }
});

test("A failure stays the answer however often one asks", async () => {
  const { records, keys, manifest } = await sealedRecords(200_000);
  records[0] = (records[0] ?? 0) ^ 1;
  const content = new ContentReader([records], keys, manifest);
  for (let asked = 0; asked < 4; asked++) {
    assert.deepEqual(await content.read(), { kind: "failure", failure: "record-tampered" });
  }
});

test("After a source that threw nothing is handed on any more", async () => {
  const { records, keys, manifest } = await sealedRecords(200_000);
  async function* breaking(): AsyncGenerator<Bytes> {
    yield records.subarray(0, 100);
    await Promise.resolve();
    throw new Error("The connection broke.");
  }
  const content = new ContentReader(breaking(), keys, manifest);
  await assert.rejects(() => content.read(), /broke/);
  assert.deepEqual(await content.read(), { kind: "failure", failure: "records-truncated" });
});

test("A stream is read by its reader, and let go of by who stops early", async () => {
  const { bytes, records, keys, manifest } = await sealedRecords(2_000_000);
  const streamed = new ContentReader(new Blob([records]).stream(), keys, manifest);
  assert.deepEqual((await readAll(streamed)).handed, bytes);

  let cancelled = false;
  const endless = new ReadableStream<Bytes>({
    pull: (controller) => {
      controller.enqueue(records.slice(0, 100_000));
    },
    cancel: () => {
      cancelled = true;
    },
  });
  const content = new ContentReader(endless, keys, manifest);
  assert.equal((await content.read()).kind, "piece");
  await content.dispose();
  assert.ok(cancelled);
  assert.equal((await content.read()).kind, "failure");
});

test("Under one header one envelope is sealed, and none under one that was read", async () => {
  const header = EnvelopeHeader.create("none");
  await seal([plain("a", "x")], { header });
  await assert.rejects(() => seal([plain("b", "y")], { header }), /create another/);
  const read = valueOf(EnvelopeHeader.read(EnvelopeHeader.create("none").bytes));
  await assert.rejects(() => seal([plain("a", "x")], { header: read }), /create another/);
});

test("Names that a manifest cannot hold are an answer, and nothing is sealed of them", async () => {
  const writer = await writerTo(new Kept());
  assert.equal(writer.beginFile("\ud800", ""), "not-unicode");
  assert.equal(writer.beginFile("a", "\udc00"), "not-unicode");
  assert.equal(writer.beginFile("n".repeat(65_536), ""), "manifest-too-large");
  assert.equal(await writer.writeFile("\ud800", "", [utf8("x")]), "not-unicode");
  await assert.rejects(() => writer.write(utf8("x")), /No file/);
  await assert.rejects(() => writer.complete(), /at least one file/);

  const kept = new Kept();
  const quoted = await writerTo(kept);
  assert.equal(quoted.beginFile('"'.repeat(32_769), ""), "begun");
  assert.equal(await quoted.complete(), "manifest-too-large");
  assert.equal(kept.bytes.length, 0);
});

test("A complete envelope takes nothing more, and neither does one whose sink has failed", async () => {
  const writer = await writerTo(new Kept());
  await writer.writeFile("a", "", [utf8("x")]);
  assert.equal(await writer.complete(), "complete");
  assert.throws(() => writer.beginFile("b", ""), /complete/);
  await assert.rejects(() => writer.complete(), /complete/);

  const failing = await writerTo({ write: () => Promise.reject(new Error("The network is gone.")) });
  await assert.rejects(() => failing.writeFile("a", "", [someBytes(1_000_000)]), /gone/);
  await assert.rejects(() => failing.write(utf8("x")), /failed/);
});

test("A writer keeps no more sealed records than it was told, and waits for its sink", async () => {
  let [writing, most, written] = [0, 0, 0];
  const sink: ByteSink = {
    write: async (bytes) => {
      most = Math.max(most, ++writing);
      await new Promise((resolve) => setImmediate(resolve));
      written += bytes.length;
      writing--;
    },
  };
  const writer = await writerTo(sink, 4);
  writer.beginFile("a", "");
  for (let records = 1; records <= 20; records++) {
    await writer.write(someBytes(recordContentLength));
    // One is not sealed before more comes, and fewer than four are in work.
    assert.ok(written >= (records - 4) * recordContentLength);
  }
  assert.equal(most, 1);
});

async function writerTo(sink: ByteSink, inFlight = 8): Promise<EnvelopeWriter> {
  const keys = await KeySchedule.derive(knownLinkKey(), knownHeader(), null);
  return new EnvelopeWriter(sink, keys, await KeySchedule.linkProof(knownLinkKey()), { inFlight });
}

function assertPadded(length: number): void {
  if (length < 0 || length > maxContentLength) {
    return;
  }
  // The definition, in integers of any length.
  const log = (value: bigint): bigint => BigInt(value.toString(2).length - 1);
  const exact = BigInt(length);
  const step = exact <= 256n ? 1n : 1n << (log(exact) - log(log(exact)) - 1n);
  const padded = exact <= 256n ? 256n : ((exact + step - 1n) / step) * step;
  assert.equal(BigInt(paddedLength(length)), padded);
  assert.equal(isPaddedLength(length), padded === exact);
}

function manifestOf(length: number): Manifest {
  return { files: [{ name: "a", type: "", size: length }], text: false };
}

interface SealedRecords {
  readonly bytes: Bytes;
  readonly records: Bytes;
  readonly keys: KeySchedule;
  readonly manifest: Manifest;
}

async function sealedRecords(length: number): Promise<SealedRecords> {
  const bytes = someBytes(length);
  const envelope = await seal([{ name: "a", pieces: [bytes] }]);
  const records = recordsOf(envelope);
  const keys = await KeySchedule.derive(knownLinkKey(), knownHeader(), null);
  return { bytes, records, keys, manifest: manifestOf(length) };
}

function recordsOf(envelope: Bytes): Bytes {
  const footer = valueOf(EnvelopeFooter.read(envelope.subarray(EnvelopeHeader.length)));
  return envelope.slice(EnvelopeHeader.length, -footer.length);
}

/** The content of an envelope under the known link key; with a seed, from its records in pieces. */
async function contentOf(
  envelope: Bytes,
  inPieces?: { readonly seed: number; readonly inFlight: number },
): Promise<Bytes> {
  const { keys, manifest, content } = valueOf(await EnvelopeReader.open(envelope, knownLinkKey(), null));
  const source =
    inPieces === undefined
      ? content
      : new ContentReader(split(recordsOf(envelope), inPieces.seed), keys, manifest, { inFlight: inPieces.inFlight });
  const { handed, failure } = await readAll(source);
  assert.equal(failure, null);
  return handed;
}

/** Cuts bytes into pieces of lengths from a seed, some of them empty, some longer than a record. */
function split(bytes: Bytes, seed: number): Bytes[] {
  const numbers = numbersOf(seed * 7919);
  const pieces: Bytes[] = [];
  for (let at = 0; at < bytes.length; ) {
    const most = [1, 1000, 65_536, 200_000][numbers.next().value % 4] ?? 1;
    const piece = bytes.slice(at, at + (numbers.next().value % (most + 1)));
    pieces.push(piece);
    at += piece.length;
  }
  return pieces;
}
