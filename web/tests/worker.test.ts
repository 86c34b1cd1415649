import assert from "node:assert/strict";
import test from "node:test";
import { concat, utf8, type Bytes } from "../src/envelope/bytes.ts";
import { EnvelopeFooter } from "../src/envelope/envelopeFooter.ts";
import { EnvelopeHeader } from "../src/envelope/envelopeHeader.ts";
import { EnvelopeReader } from "../src/envelope/envelopeReader.ts";
import { LinkKey } from "../src/envelope/linkKey.ts";
import { BytePort, bytesFrom, Stopped } from "../src/worker/bytePort.ts";
import { EnvelopeAway, type SealOutcome } from "../src/worker/envelopeAway.ts";
import type { DeliverAnswer, Report, SecretFile } from "../src/worker/messages.ts";
import { serveEnvelope } from "../src/worker/serveEnvelope.ts";
import { joined, readAll, valueOf } from "./reading.ts";
import { someBytes } from "./sealing.ts";

test("What the worker seals is an envelope of the length that it announced", () =>
  withWorker(async (away) => {
    const sealing = await seal(away, [fileOf("a", someBytes(1_000_000)), fileOf("b", utf8("b"))]);
    const envelope = await joined(sealing.envelope);
    const opened = valueOf(await EnvelopeReader.open(envelope, valueOf(LinkKey.parse(sealing.linkKey)), null));

    assert.equal(envelope.length, sealing.length);
    assert.deepEqual(opened.manifest.files.map((file) => [file.name, file.size]), [["a", 1_000_000], ["b", 1]]);
    assert.deepEqual((await readAll(opened.content)).handed, concat(someBytes(1_000_000), utf8("b")));
  }));

test("What it seals with a passphrase it opens: proofs, manifest, content", () =>
  withWorker(async (away) => {
    const bytes = someBytes(700_000);
    const sealing = await seal(away, [fileOf("a", bytes)], "päss");
    const envelope = await joined(sealing.envelope);
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

    const content = await read(away, records);
    assert.deepEqual(content, { bytes, broken: false, answer: { kind: "delivered" } });
    records[100_000] = (records[100_000] ?? 0) ^ 1;
    const damaged = await read(away, records);
    assert.deepEqual(damaged.answer, { kind: "damaged", failure: "record-tampered" });
    assert.ok(damaged.broken, "It must not look whole.");
    assert.ok(damaged.bytes.length <= 65_536, "Nothing behind the damaged record is handed on.");
    assert.deepEqual(damaged.bytes, bytes.slice(0, damaged.bytes.length));
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
  const sink = new BytePort(port1);
  const length = 65_536;
  let written = 0;
  const writing = (async () => {
    for (;;) {
      written += length;
      await sink.write(new Uint8Array(length));
    }
  })();
  const bytes = bytesFrom(port2);
  for (let taken = length; taken <= 200 * length; taken += length) {
    const next = await bytes.next();
    assert.ok(next.done !== true && next.value.length === length);
    assert.ok(written <= taken + 3 * 2 ** 20, `${written} written when ${taken} were taken`);
  }
  await bytes.return();
  await assert.rejects(() => writing, Stopped);
});

test("A delivery that nobody takes can be cancelled, before it begins too, and the next one goes through", () =>
  withWorker(async (away) => {
    const records = await openedBy(away, await seal(away, [fileOf("a", someBytes(3_000_000))]));
    const wanted = { from: 0, to: 3_000_000 };
    for (const late of [true, false]) {
      const abort = new AbortController();
      const { port1, port2 } = new MessageChannel();
      const onReport = (): void => undefined;
      if (!late) {
        abort.abort();
      }
      const delivery = away.deliver({ records, wanted, into: port2 }, { signal: abort.signal, onReport });
      await new Promise((resolve) => setTimeout(resolve, 20));
      abort.abort();
      assert.deepEqual(await delivery, { kind: "cancelled" });
      await assert.rejects(() => joined(bytesFrom(port1)), /broke off/);
    }
    assert.deepEqual((await read(away, records, 3_000_000)).answer, { kind: "delivered" });
  }));

test("Whoever takes a part and stops has cancelled", () =>
  withWorker(async (away) => {
    const records = await openedBy(away, await seal(away, [fileOf("a", someBytes(3_000_000))]));
    const { port1, port2 } = new MessageChannel();
    const following = { signal: new AbortController().signal, onReport: (): void => undefined };
    const delivery = away.deliver({ records, wanted: { from: 0, to: 3_000_000 }, into: port2 }, following);
    for await (const bytes of bytesFrom(port1)) {
      assert.deepEqual(bytes, someBytes(65_536));
      break;
    }
    assert.deepEqual(await delivery, { kind: "cancelled" });
  }));

test("It says how far it has come", () =>
  withWorker(async (away) => {
    const records = await openedBy(away, await seal(away, [fileOf("a", someBytes(300_000))]));
    const { port1, port2 } = new MessageChannel();
    const reports: Report[] = [];
    const following = { signal: new AbortController().signal, onReport: (report: Report) => reports.push(report) };
    const delivery = away.deliver({ records, wanted: { from: 100_000, to: 200_000 }, into: port2 }, following);
    assert.deepEqual(await joined(bytesFrom(port1)), someBytes(300_000).slice(100_000, 200_000));
    assert.deepEqual(await delivery, { kind: "delivered" });
    assert.deepEqual(reports[0], { kind: "reached", bytes: 2 * 65_536 - 100_000 });
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

type Sealing = Extract<SealOutcome, { readonly kind: "sealing" }>;

async function seal(
  away: EnvelopeAway,
  files: readonly SecretFile[],
  passphrase = "",
): Promise<Sealing> {
  const outcome = await away.seal({ files, text: false }, passphrase);
  assert.ok(outcome.kind === "sealing");
  return outcome;
}

/** Derives the keys and opens the manifest of what was sealed without a passphrase; the records. */
async function openedBy(away: EnvelopeAway, sealing: Sealing): Promise<Bytes> {
  const envelope = await joined(sealing.envelope);
  const header = envelope.slice(0, EnvelopeHeader.length);
  const footer = valueOf(EnvelopeFooter.read(envelope.subarray(EnvelopeHeader.length)));
  const records = envelope.slice(EnvelopeHeader.length, -footer.length);
  await away.derive(sealing.linkKey, header, "");
  await away.openManifest(footer.manifest.bytes, records.length);
  return records;
}

interface Read {
  readonly bytes: Bytes;
  /** Whether whoever took it knows that it is not whole. */
  readonly broken: boolean;
  readonly answer: DeliverAnswer;
}

async function read(away: EnvelopeAway, records: Bytes, to = 700_000): Promise<Read> {
  const { port1, port2 } = new MessageChannel();
  const following = { signal: new AbortController().signal, onReport: (): void => undefined };
  const pieces: Bytes[] = [];
  const answer = away.deliver({ records, wanted: { from: 0, to }, into: port2 }, following);
  let broken = false;
  try {
    for await (const piece of bytesFrom(port1)) {
      pieces.push(piece);
    }
  } catch {
    broken = true;
  }
  return { bytes: concat(...pieces), broken, answer: await answer };
}
