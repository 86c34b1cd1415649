import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import type { Bytes } from "../src/envelope/bytes.ts";
import { ContentReader } from "../src/envelope/contentReader.ts";
import { EnvelopeReader } from "../src/envelope/envelopeReader.ts";
import { safeFileNames } from "../src/envelope/fileNames.ts";
import { FileSplitter } from "../src/envelope/fileSplitter.ts";
import { LinkKey } from "../src/envelope/linkKey.ts";
import type { Manifest } from "../src/envelope/manifest.ts";
import { Passphrase } from "../src/envelope/passphrase.ts";
import { readAll } from "./reading.ts";
import { repository } from "./repository.ts";
import { VectorFile } from "./vectorFile.ts";

const folder = join(repository, "testkit/vectors");
const names = readdirSync(folder).filter((name) => name.endsWith(".vector"));

for (const name of names) {
  test(`The vector ${name} gives what it says`, async () => {
    const vector = new VectorFile(readFileSync(join(folder, name), "ascii"));
    assert.equal(`${vector.name}.vector`, name);
    assert.equal(await open(vector), vector.expect);
  });
}

test("Every vector is run", () => {
  assert.ok(names.length >= 190);
});

async function open(vector: VectorFile): Promise<string> {
  const linkKey = LinkKey.parse(vector.linkKey);
  if (!linkKey.ok) {
    return linkKey.failure;
  }
  const passphrase = Passphrase.parse(vector.passphrase);
  if (!passphrase.ok) {
    return passphrase.failure;
  }
  const opened = await EnvelopeReader.open(vector.envelope, linkKey.value, passphrase.value);
  if (!opened.ok) {
    return opened.failure;
  }
  const { keys, manifest, content } = opened.value;
  const served = vector.served;
  const whole = await readAll(content);
  const { handed, failure } =
    served === null ? whole : await readAll(new ContentReader([served], keys, manifest));
  if (failure === null) {
    assertFiles(vector, manifest, handed);
    return "ok";
  }
  const length = manifest.files.reduce((sum, file) => sum + file.size, 0);
  assert.ok(handed.length < length || length === 0);
  if (served !== null) {
    assert.equal(whole.failure, null);
    assert.deepEqual(handed, whole.handed.slice(0, handed.length));
  }
  return failure;
}

function assertFiles(vector: VectorFile, manifest: Manifest, content: Bytes): void {
  assert.equal(manifest.text, vector.text);
  const safe = safeFileNames(manifest);
  const hashes = manifest.files.map(() => createHash("sha256"));
  const splitter = new FileSplitter(manifest);
  for (const part of [...splitter.split(content), ...splitter.finish()]) {
    hashes[part.file]?.update(part.bytes);
  }
  assert.deepEqual(
    manifest.files.map((file, at) => ({ ...file, sha256: hashes[at]?.digest("hex"), safe: safe[at] })),
    vector.files.map(({ name, type, size, sha256, safe }) => ({ name, type, size, sha256, safe })),
  );
}
