import assert from "node:assert/strict";
import { test } from "node:test";
import { concat, type Bytes } from "../src/envelope/bytes.ts";
import { ContentReader } from "../src/envelope/contentReader.ts";
import { recordsOf, type ContentSpan } from "../src/envelope/contentSpan.ts";
import { EnvelopeFooter } from "../src/envelope/envelopeFooter.ts";
import { EnvelopeHeader } from "../src/envelope/envelopeHeader.ts";
import { KeySchedule } from "../src/envelope/keySchedule.ts";
import { contentLength, type Manifest } from "../src/envelope/manifest.ts";
import { readAll, valueOf } from "./reading.ts";
import { knownHeader, knownLinkKey, numbersOf, seal, someBytes } from "./sealing.ts";

const record = 65_536;

test("Any span of the content is opened out of the records that hold it, and of those alone", async () => {
  const content = someBytes(5 * record + 1000);
  const { records, manifest, keys } = await sealed([content]);
  const numbers = numbersOf(7);
  const spans = [[0, 0], [0, 1], [record - 1, record + 1], [record, 2 * record], [3 * record, content.length]];
  for (let tries = 0; tries < 40; tries++) {
    spans.push([numbers.next().value, numbers.next().value].map((n) => n % (content.length + 1)).sort((a, b) => a - b));
  }
  for (const [from = 0, to = 0] of spans) {
    const { handed, failure } = await read({ from, to }, records, manifest, keys);
    assert.equal(failure, null, `${from} to ${to}`);
    assert.deepEqual(handed, content.slice(from, to), `${from} to ${to}`);
  }
});

test("A span that ends in the last record, before the end of the content, is opened too", async () => {
  for (const before of [0, record]) {
    const content = someBytes(before + 8);
    const { records, manifest, keys } = await sealed([content]);
    for (let from = before; from <= before + 8; from++) {
      for (let to = from; to <= before + 8; to++) {
        const { handed, failure } = await read({ from, to }, records, manifest, keys);
        assert.deepEqual([handed, failure], [content.slice(from, to), null], `${from} to ${to} of ${content.length}`);
      }
    }
  }
});

test("Spans of all files together read every record to the end, padding and all", async () => {
  const files = [someBytes(100_000), new Uint8Array(0), someBytes(70_001), new Uint8Array(0)];
  const { records, manifest, keys } = await sealed(files);
  let at = 0;
  const covered: ContentSpan[] = [];
  for (const file of files) {
    const span = { from: at, to: at + file.length };
    at = span.to;
    covered.push(recordsOf(span, contentLength(manifest)).sealed);
    const { handed, failure } = await read(span, records, manifest, keys);
    assert.deepEqual([handed, failure], [file, null]);
  }
  assert.equal(covered[0]?.from, 0);
  assert.equal(covered.at(-2)?.to, records.length);
  const [first, , third] = covered as [ContentSpan, ContentSpan, ContentSpan];
  assert.equal(third.from, 65_552);
  assert.equal(first.to, 2 * 65_552);
});

test("A span to the end of the content fails where the padding or the end is not what it has to be", async () => {
  const { records, manifest, keys } = await sealed([someBytes(300_000)]);
  const span = { from: 299_999, to: 300_000 };
  assert.equal((await read(span, records, manifest, keys)).failure, null);
  const flipped = records.slice();
  flipped.set([(flipped.at(-1) ?? 0) ^ 1], flipped.length - 1);
  assert.equal((await read(span, flipped, manifest, keys)).failure, "record-tampered");
  assert.equal((await read(span, records.slice(0, -1), manifest, keys)).failure, "records-truncated");
});

test("Records of another place are not opened as those of a span", async () => {
  const { records, manifest, keys } = await sealed([someBytes(5 * record)]);
  const wrong = records.slice(0, record + 16);
  const reader = new ContentReader([wrong], keys, manifest, { span: { from: record, to: 2 * record } });
  assert.deepEqual(await readAll(reader), { handed: new Uint8Array(0), failure: "record-tampered" });
});

test("There is no span outside the content", () => {
  for (const span of [{ from: -1, to: 0 }, { from: 2, to: 1 }, { from: 0, to: 11 }, { from: NaN, to: 1 }]) {
    assert.throws(() => recordsOf(span, 10), RangeError);
  }
});

async function sealed(
  files: readonly Bytes[],
): Promise<{ readonly records: Bytes; readonly manifest: Manifest; readonly keys: KeySchedule }> {
  const envelope = await seal(files.map((bytes, at) => ({ name: `${at}`, pieces: [bytes] })));
  const footer = valueOf(EnvelopeFooter.read(envelope.subarray(EnvelopeHeader.length)));
  const records = envelope.slice(EnvelopeHeader.length, -footer.length);
  const keys = await KeySchedule.derive(knownLinkKey(), knownHeader(), null);
  return { records, manifest: valueOf(await footer.manifest.open(keys, records.length)), keys };
}

function read(
  span: ContentSpan,
  records: Bytes,
  manifest: Manifest,
  keys: KeySchedule,
): ReturnType<typeof readAll> {
  const { from, to } = recordsOf(span, contentLength(manifest)).sealed;
  const middle = (from + to) >> 1; // in two pieces, as they come from a network
  const pieces = [records.slice(from, middle), records.slice(middle, to)];
  assert.ok(concat(...pieces).length <= to - from);
  return readAll(new ContentReader(pieces, keys, manifest, { span }));
}
