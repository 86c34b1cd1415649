import assert from "node:assert/strict";
import test from "node:test";
import type { ByteSource } from "../src/envelope/byteSource.ts";
import { concat, utf8, type Bytes } from "../src/envelope/bytes.ts";
import type { ContentPiece } from "../src/envelope/contentReader.ts";
import { EnvelopeFooter } from "../src/envelope/envelopeFooter.ts";
import { EnvelopeHeader } from "../src/envelope/envelopeHeader.ts";
import { EnvelopeReader } from "../src/envelope/envelopeReader.ts";
import { LinkKey } from "../src/envelope/linkKey.ts";
import { BytePort, bytesFrom, Stopped } from "../src/worker/bytePort.ts";
import { EnvelopeAway, type SealOutcome } from "../src/worker/envelopeAway.ts";
import type { SecretFile } from "../src/worker/messages.ts";
import { serveEnvelope } from "../src/worker/serveEnvelope.ts";
import { readAll, valueOf } from "./reading.ts";
import { someBytes } from "./sealing.ts";

test("What the worker seals is an envelope of the length that it announced", () =>
  withWorker(async (away) => {
    const sealing = await seal(away, [fileOf("a", someBytes(1_000_000)), fileOf("b", utf8("b"))]);
    const envelope = await all(sealing.envelope);
    const opened = valueOf(await EnvelopeReader.open(envelope, valueOf(LinkKey.parse(sealing.linkKey)), null));

    assert.equal(envelope.length, sealing.length);
    assert.deepEqual(opened.manifest.files.map((file) => [file.name, file.size]), [["a", 1_000_000], ["b", 1]]);
    assert.deepEqual((await readAll(opened.content)).handed, concat(someBytes(1_000_000), utf8("b")));
  }));

test("What it seals with a passphrase it opens: proofs, manifest, content", () =>
  withWorker(async (away) => {
    const bytes = someBytes(700_000);
    const sealing = await seal(away, [fileOf("a", bytes)], "päss");
    const envelope = await all(sealing.envelope);
    const header = envelope.slice(0, EnvelopeHeader.length);
    const footer = valueOf(EnvelopeFooter.read(envelope.subarray(EnvelopeHeader.length)));
    const records = envelope.slice(EnvelopeHeader.length, -footer.length);

    const missing = await away.derive(sealing.linkKey, header, "");
    assert.deepEqual(missing, { kind: "failure", failure: "passphrase-required" });
    assert.equal((await away.derive(sealing.linkKey, header, "päss")).kind, "derived");
    const tampered = await away.openManifest(footer.manifest.bytes.slice(0, 272).fill(0), records.length);
    assert.deepEqual(tampered, { kind: "failure", failure: "manifest-tampered" });
    const manifest = await away.openManifest(footer.manifest.bytes, records.length);
    assert.ok(manifest.kind === "manifest");
    assert.deepEqual(manifest.manifest, { files: [{ name: "a", type: "", size: 700_000 }], text: false });

    const content = await read(away, new Blob([records]).stream());
    assert.deepEqual(content, { bytes, end: { kind: "end" } });
    records[100_000] = (records[100_000] ?? 0) ^ 1;
    const broken = await read(away, [records]);
    assert.deepEqual(broken.end, { kind: "failure", failure: "record-tampered" });
    assert.deepEqual(broken.bytes, bytes.slice(0, 65_536));
  }));

test("What cannot be sealed is refused before anything is sealed", () =>
  withWorker(async (away) => {
    const refused = async (name: string, passphrase: string): Promise<SealOutcome> =>
      away.seal({ files: [fileOf(name, utf8("x"))], text: false }, passphrase);
    assert.deepEqual(await refused("\ud800", ""), { kind: "refused", reason: "not-unicode" });
    assert.deepEqual(await refused("n".repeat(65_536), ""), { kind: "refused", reason: "manifest-too-large" });
    assert.deepEqual(await refused("a", "x".repeat(1025)), { kind: "refused", reason: "malformed-passphrase" });
  }));

test("Bytes come no faster through a port than they are taken, and stop with whoever takes them", async () => {
  const { port1, port2 } = new MessageChannel();
  const sink = new BytePort<null>(port1);
  const length = 65_536;
  let written = 0;
  const writing = (async () => {
    for (;;) {
      written += length;
      await sink.write(new Uint8Array(length));
    }
  })();
  const bytes = bytesFrom<null>(port2);
  for (let taken = length; taken <= 200 * length; taken += length) {
    const next = await bytes.next();
    assert.ok(next.done !== true && next.value.length === length);
    assert.ok(written <= taken + 3 * 2 ** 20, `${written} written when ${taken} were taken`);
  }
  await bytes.return(null);
  await assert.rejects(() => writing, Stopped);
});

test("A source that breaks off is thrown to whoever reads", () =>
  withWorker(async (away) => {
    const sealing = await seal(away, [fileOf("a", someBytes(1000))]);
    const envelope = await all(sealing.envelope);
    const header = envelope.slice(0, EnvelopeHeader.length);
    const footer = valueOf(EnvelopeFooter.read(envelope.subarray(EnvelopeHeader.length)));
    const size = envelope.length - EnvelopeHeader.length - footer.length;
    await away.derive(sealing.linkKey, header, "");
    await away.openManifest(footer.manifest.bytes, size);

    async function* breaking(): AsyncGenerator<Bytes> {
      yield envelope.slice(EnvelopeHeader.length, 100);
      await Promise.resolve();
      throw new Error("The connection broke.");
    }
    await assert.rejects(() => read(away, breaking()), /broke/);
  }));

test("What is asked out of order is a mistake", () =>
  withWorker(async (away) => {
    await assert.rejects(() => away.openManifest(new Uint8Array(272), 272), /no keys yet/);
  }));

/** Asks over a channel what a worker would answer: the same code on both ends, in one thread. */
async function withWorker(ask: (away: EnvelopeAway) => Promise<void>): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  serveEnvelope(port1);
  try {
    await ask(new EnvelopeAway(port2));
  } finally {
    port2.close();
  }
}

function fileOf(name: string, content: Bytes): SecretFile {
  return { name, type: "", content: new Blob([content]) };
}

async function seal(
  away: EnvelopeAway,
  files: readonly SecretFile[],
  passphrase = "",
): Promise<Extract<SealOutcome, { readonly kind: "sealing" }>> {
  const outcome = await away.seal({ files, text: false }, passphrase);
  assert.ok(outcome.kind === "sealing");
  return outcome;
}

async function all(pieces: AsyncIterable<Bytes>): Promise<Bytes> {
  const kept: Bytes[] = [];
  for await (const piece of pieces) {
    kept.push(piece);
  }
  return concat(...kept);
}

async function read(
  away: EnvelopeAway,
  records: ByteSource,
): Promise<{ readonly bytes: Bytes; readonly end: ContentPiece | undefined }> {
  const pieces: Bytes[] = [];
  let end: ContentPiece | undefined;
  for await (const piece of away.openContent(records)) {
    if (piece.kind === "piece") {
      pieces.push(piece.bytes);
    } else {
      end = piece;
    }
  }
  return { bytes: concat(...pieces), end };
}
