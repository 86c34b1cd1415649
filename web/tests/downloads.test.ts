import assert from "node:assert/strict";
import { test } from "node:test";
import type { Bytes } from "../src/envelope/bytes.ts";
import { BlobDestination } from "../src/download/blobDestination.ts";
import { Downloads } from "../src/download/downloads.ts";
import type { ToDownloads } from "../src/download/messages.ts";
import { StreamDestination } from "../src/download/streamDestination.ts";
import { BytePort, Stopped } from "../src/worker/bytePort.ts";
import { someBytes } from "./sealing.ts";

const scope = "https://host/assets/download/";

test("What is written comes out of the offered address, under its name", async () => {
  const worker = new ServiceWorkerLike();
  const destination = new StreamDestination(worker, "prüfung (1)'s.tar.gz", 300_000);
  const response = answer(worker, destination);
  const bytes = someBytes(300_000);
  const sink = new BytePort(destination.port);
  const written = (async () => {
    await sink.write(bytes.slice(0, 100_000));
    await sink.write(bytes.slice(100_000));
    sink.end();
    return sink.taken;
  })();
  assert.deepEqual(worker.begun, []);
  assert.deepEqual(new Uint8Array(await response.arrayBuffer()), bytes);
  assert.deepEqual(worker.begun, [destination.address]);
  assert.equal(await written, true);
  assert.deepEqual(Object.fromEntries(response.headers), {
    "cache-control": "no-store",
    "content-disposition": "attachment; filename*=UTF-8''pr%C3%BCfung%20%281%29%27s.tar.gz",
    "content-length": "300000",
    "content-security-policy": "default-src 'none'; sandbox",
    "content-type": "application/octet-stream",
    "x-content-type-options": "nosniff",
  });
});

test("An address says nothing, answers once, and no other is answered", async () => {
  const worker = new ServiceWorkerLike();
  const destination = new StreamDestination(worker, "secret.txt", 1);
  assert.match(destination.address, /^[\w-]{22}$/);
  assert.equal(worker.downloads.answerTo(`${scope}else`), null);
  assert.deepEqual([destination.address, "else"].map((address) => worker.downloads.knows(address)), [true, false]);
  const response = answer(worker, destination);
  assert.equal(worker.downloads.answerTo(scope + destination.address), null);
  await response.body?.cancel();
});

test("No more is written than one message before it is fetched, and than a few ahead of what is read", async () => {
  const worker = new ServiceWorkerLike();
  const [piece, count] = [65_536, 200];
  const destination = new StreamDestination(worker, "a", piece * count);
  const sink = new BytePort(destination.port);
  let written = 0;
  const writing = (async () => {
    for (; written < count; written++) {
      await sink.write(new Uint8Array(piece));
    }
    sink.end();
    return sink.taken;
  })();
  await ticks();
  assert.ok(written <= 8);
  const reader = bodyOf(answer(worker, destination)).getReader();
  for (let read = 1; read <= 30; read++) {
    assert.equal((await reader.read()).value?.length, piece);
    assert.ok(written <= read + 6 * 8);
  }
  let rest = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    rest += next.value.length;
  }
  assert.equal(rest, (count - 30) * piece);
  assert.equal(await writing, true);
});

test("Whoever cancels the download stops its source at once", async () => {
  const worker = new ServiceWorkerLike();
  const destination = new StreamDestination(worker, "a", 10_000);
  const sink = new BytePort(destination.port);
  const reader = bodyOf(answer(worker, destination)).getReader();
  await Promise.all([reader.read(), sink.write(someBytes(100))]);
  await reader.cancel();
  assert.equal(await sink.taken, false);
  await assert.rejects(() => sink.write(someBytes(100)), Stopped);
});

test("A download that breaks off never looks whole", async () => {
  const worker = new ServiceWorkerLike();
  const failed = new StreamDestination(worker, "a", 200);
  const sink = new BytePort(failed.port);
  const read = answer(worker, failed).arrayBuffer();
  await sink.write(someBytes(100));
  sink.fail(new Error("It broke off."));
  await assert.rejects(() => read, /broke off/);
});

test("A page that is left breaks its download off, whoever writes it, and one that nobody has fetched", async () => {
  const worker = new ServiceWorkerLike();
  const [left, unfetched] = [new StreamDestination(worker, "a", 200), new StreamDestination(worker, "b", 200)];
  const sink = new BytePort(left.port);
  const read = answer(worker, left).arrayBuffer();
  await sink.write(someBytes(100));
  left.abort();
  unfetched.abort();
  await assert.rejects(() => read, /broke off/);
  assert.equal(await sink.taken, false);
  assert.equal(worker.downloads.answerTo(scope + unfetched.address), null);
});

test("A Blob is handed over whole, or not at all", async () => {
  const blobs: Blob[] = [];
  const bytes = someBytes(9_000_001);
  const handOver = (blob: Blob): void => void blobs.push(blob);
  const [whole, broken] = [new BlobDestination(handOver), new BlobDestination(handOver)];
  const [kept, left] = [new BytePort(whole.port), new BytePort(broken.port)];
  for (let at = 0; at < bytes.length; at += 65_536) {
    await kept.write(bytes.slice(at, at + 65_536));
    await left.write(bytes.slice(at, at + 65_536));
  }
  left.fail(new Error("It broke off."));
  await broken.settled;
  kept.end();
  await whole.settled;
  assert.equal(blobs.length, 1);
  assert.deepEqual(new Uint8Array((await blobs[0]?.arrayBuffer()) ?? new ArrayBuffer(0)), bytes);
});

/** Takes messages as the service worker does: with copies of what they hold, and the ports that are given along. */
class ServiceWorkerLike {
  readonly downloads = new Downloads();
  /** The addresses of the downloads that are being read. */
  readonly begun: string[] = [];

  postMessage(message: ToDownloads, transfer: Transferable[]): void {
    const data = structuredClone(message, { transfer });
    switch (data.kind) {
      case "offer":
        this.downloads.offer(data, () => this.begun.push(data.address));
        break;
      case "break":
        this.downloads.break(data.address);
        break;
      case "alive":
        assert.ok(this.downloads.knows(data.address));
    }
  }
}

function answer(worker: ServiceWorkerLike, { address }: StreamDestination): Response {
  const response = worker.downloads.answerTo(scope + address);
  assert.ok(response !== null);
  return response;
}

function bodyOf(response: Response): ReadableStream<Bytes> {
  assert.ok(response.body !== null);
  return response.body;
}

async function ticks(): Promise<void> {
  for (let tick = 0; tick < 20; tick++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

