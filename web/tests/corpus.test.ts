import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { utf8, type Bytes } from "../src/envelope/bytes.ts";
import type { Result } from "../src/envelope/envelopeFailure.ts";
import { EnvelopeFooter } from "../src/envelope/envelopeFooter.ts";
import { EnvelopeHeader } from "../src/envelope/envelopeHeader.ts";
import { decodeManifest } from "../src/envelope/manifest.ts";
import { encodeBase64Url } from "../src/envelope/strictBase64Url.ts";
import { repository } from "./repository.ts";

const folder = join(repository, "tests/OneTimeShare.Fuzz/Corpus");

const verdicts: Readonly<Record<string, (input: Bytes) => string>> = {
  header: (input) => said(EnvelopeHeader.read(input), () => ""),
  footer: (input) => said(EnvelopeFooter.read(input), (footer) => footer.manifest.length.toString()),
  manifest: (input) => {
    const manifest = decodeManifest(input);
    const files = manifest?.files.map(({ name, type, size }) => `${text(name)},${text(type)},${size.toString()}`);
    return manifest === null ? "refused" : [manifest.text.toString(), ...(files ?? [])].join("|");
  },
};

for (const [name, verdict] of Object.entries(verdicts)) {
  test(`Of what a fuzzer found for ${name}, the pages say what the server's side says`, () => {
    const files = readdirSync(join(folder, name)).filter((file) => file.endsWith(".input"));
    const said = files.sort().map((file) => verdict(new Uint8Array(readFileSync(join(folder, name, file)))));
    const expected = readFileSync(join(folder, name, "verdicts.txt"), "utf8").split("\n").slice(0, -1);
    assert.ok(said.length > 1);
    assert.deepEqual(said, expected);
  });
}

function said<T>(result: Result<T>, value: (result: T) => string): string {
  return result.ok ? value(result.value) : result.failure;
}

function text(value: string): string {
  return encodeBase64Url(utf8(value));
}
