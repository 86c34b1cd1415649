import assert from "node:assert/strict";
import { test } from "node:test";
import type { Bytes } from "../src/envelope/bytes.ts";
import { BlobDestination } from "../src/download/blobDestination.ts";
import { Downloads } from "../src/download/downloads.ts";
import type { ToDownloads } from "../src/download/messages.ts";
import { StreamDestination } from "../src/download/streamDestination.ts";
import { Stopped } from "../src/worker/bytePort.ts";
import { someBytes } from "./sealing.ts";

const scope = "https://host/assets/download/";

test("What is written comes out of the offered address, under its name", async () => {
  const worker = new ServiceWorkerLike();
  const destination = new StreamDestination(worker, "prüfung (1)'s.tar.gz", 300_000);
  const response = answer(worker, destination);
  const bytes = someBytes(300_000);
  const written = (async () => {
    await destination.begun;
    await destination.write(bytes.slice(0, 100_000));
    await destination.write(bytes.slice(100_000));
    return destination.complete();
  })();
  assert.deepEqual(new Uint8Array(await response.arrayBuffer()), bytes);
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
  const response = answer(worker, destination);
  assert.equal(worker.downloads.answerTo(scope + destination.address), null);
  await response.body?.cancel();
});

test("No more is written than one message before it is fetched, and than a few ahead of what is read", async () => {
  const worker = new ServiceWorkerLike();
  const [piece, count] = [65_536, 200];
  const destination = new StreamDestination(worker, "a", piece * count);
  let written = 0;
  const writing = (async () => {
    for (; written < count; written++) {
      await destination.write(new Uint8Array(piece));
    }
    return destination.complete();
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
  const reader = bodyOf(answer(worker, destination)).getReader();
  await Promise.all([reader.read(), destination.write(someBytes(100))]);
  await reader.cancel();
  await assert.rejects(async () => {
    for (;;) {
      await destination.write(someBytes(100));
    }
  }, Stopped);
  assert.equal(await destination.complete(), false);
});

test("A download that breaks off never looks whole", async () => {
  const worker = new ServiceWorkerLike();
  const destination = new StreamDestination(worker, "a", 200);
  const read = answer(worker, destination).arrayBuffer();
  await destination.write(someBytes(100));
  destination.abort();
  await assert.rejects(() => read, /broke off/);
});

test("It gives signs of life while it writes or waits, and no more than one in five seconds", async () => {
  const worker = new ServiceWorkerLike();
  let now = 0;
  const destination = new StreamDestination(worker, "a", 1, () => now);
  for (; now <= 11_000; now += 500) {
    destination.signLife();
  }
  assert.deepEqual(worker.heard, ["offer", "alive", "alive"]);
  await answer(worker, destination).body?.cancel();
});

test("A Blob is handed over whole, or not at all", async () => {
  const blobs: Blob[] = [];
  const bytes = someBytes(9_000_001);
  const kept = new BlobDestination((blob) => blobs.push(blob));
  const broken = new BlobDestination((blob) => blobs.push(blob));
  for (let at = 0; at < bytes.length; at += 65_536) {
    await kept.write(bytes.slice(at, at + 65_536));
    await broken.write(bytes.slice(at, at + 65_536));
  }
  broken.abort();
  assert.equal(await kept.complete(), true);
  assert.equal(blobs.length, 1);
  assert.deepEqual(new Uint8Array((await blobs[0]?.arrayBuffer()) ?? new ArrayBuffer(0)), bytes);
});

/** Takes messages as the service worker does: with copies of what they hold, and the ports that are given along. */
class ServiceWorkerLike {
  readonly downloads = new Downloads();
  readonly heard: string[] = [];

  postMessage(message: ToDownloads, transfer: Transferable[]): void {
    const data = structuredClone(message, { transfer });
    this.heard.push(data.kind);
    if (data.kind === "offer") {
      this.downloads.offer(data);
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

