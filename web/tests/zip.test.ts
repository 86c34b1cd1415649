import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { concat, utf8, type Bytes } from "../src/envelope/bytes.ts";
import { contentLength, type Manifest } from "../src/envelope/manifest.ts";
import { Crc32 } from "../src/zip/crc32.ts";
import { ZipLayout } from "../src/zip/zipLayout.ts";
import { zipOf } from "../src/zip/zipOf.ts";
import { ZipWriter } from "../src/zip/zipWriter.ts";
import { numbersOf, someBytes } from "./sealing.ts";

test("The checksum is that of every zip", () => {
  const sum = new Crc32();
  sum.add(utf8("123456789"));
  assert.equal(sum.value, 0xcbf43926);
  const [whole, parts] = [new Crc32(), new Crc32()];
  const bytes = someBytes(100_003);
  whole.add(bytes);
  const numbers = numbersOf(3);
  for (let at = 0; at < bytes.length; ) {
    const length = numbers.next().value % 1000;
    parts.add(bytes.subarray(at, at + length));
    at += length;
  }
  assert.equal(parts.value, whole.value);
});

test("A zip of all files is one that others unpack, and of the length that was said", () =>
  inFolder(async (folder) => {
    const contents = [someBytes(100_000), new Uint8Array(0), utf8("ünïcode\n"), new Uint8Array(0)];
    const names = ["a.bin", "empty", "prüfung 你好.txt", "also empty"];
    const files = contents.map(({ length }, at) => ({ name: names[at] ?? "", type: "", size: length }));
    const layout = new ZipLayout(files);
    const zip = await zipped(concat(...contents), { files, text: false }, layout);
    assert.equal(zip.length, layout.length);

    const path = join(folder, "share.zip");
    writeFileSync(path, zip);
    assert.match(run("unzip", "-t", path), /No errors detected/);
    run("unzip", "-q", path, "-d", join(folder, "out"));
    for (const [at, content] of contents.entries()) {
      assert.deepEqual(new Uint8Array(readFileSync(join(folder, "out", names[at] ?? ""))), content);
    }
  }));

test("A zip of empty files alone is one too", () =>
  inFolder(async (folder) => {
    const files = ["a", "b"].map((name) => ({ name, type: "", size: 0 }));
    const layout = new ZipLayout(files);
    const path = join(folder, "share.zip");
    writeFileSync(path, await zipped(new Uint8Array(0), { files, text: false }, layout));
    assert.match(run("unzip", "-t", path), /No errors detected/);
  }));

test("Files beyond 4 GiB, and what lies behind them, are there in zip64", () =>
  inFolder((folder) => {
    const files = [{ name: "large", size: 2 ** 32 + 5 }, { name: "small", size: 3 }];
    const layout = new ZipLayout(files);
    const writer = new ZipWriter(layout);
    const path = join(folder, "share.zip");
    const file = openSync(path, "w");
    let at = 0;
    const write = (bytes: Bytes): void => {
      at += writeSync(file, bytes, 0, bytes.length, at);
    };
    write(writer.beginFile());
    at += 2 ** 32 + 5; // a hole in the file: zeros without the disk
    write(writer.endFile());
    write(writer.beginFile());
    writer.account(utf8("abc"));
    write(utf8("abc"));
    write(writer.endFile());
    for (const bytes of writer.complete()) {
      write(bytes);
    }
    assert.equal(at, layout.length);
    closeSync(file);
    assert.match(run("unzip", "-l", path), /^4294967301 .* large\n +3 .* small$/m);
    assert.equal(run("unzip", "-p", path, "small"), "abc");
    return Promise.resolve();
  }));

test("Content that breaks off leaves no zip that looks whole", async () => {
  const files = [{ name: "a", type: "", size: 100 }];
  const layout = new ZipLayout(files);
  async function* breaking(): AsyncGenerator<Bytes> {
    yield someBytes(50);
    await Promise.resolve();
    throw new Error("broke");
  }
  const written: Bytes[] = [];
  await assert.rejects(async () => {
    for await (const bytes of zipOf(breaking(), { files, text: false }, layout)) {
      written.push(bytes);
    }
  }, /broke/);
  assert.ok(concat(...written).length < layout.length);
});

async function zipped(content: Bytes, manifest: Manifest, layout: ZipLayout): Promise<Bytes> {
  assert.equal(content.length, contentLength(manifest));
  const written: Bytes[] = [];
  for await (const bytes of zipOf(pieces(content), manifest, layout)) {
    // As a port takes it: what is given away is not there any more.
    written.push(structuredClone(bytes, { transfer: [bytes.buffer] }));
  }
  return concat(...written);
}

async function* pieces(content: Bytes): AsyncGenerator<Bytes> {
  for (let at = 0; at < content.length; at += 65_536) {
    yield await Promise.resolve(content.slice(at, at + 65_536));
  }
}

function run(command: string, ...given: readonly string[]): string {
  const env = { ...process.env, LC_ALL: "C.UTF-8" };
  return execFileSync(command, given, { encoding: "utf8", maxBuffer: 2 ** 26, env });
}

async function inFolder(act: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "ots-zip-"));
  try {
    await act(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
