import assert from "node:assert/strict";
import test from "node:test";
import jsQr from "jsqr";
import { encode } from "uqr";
import type { Bytes } from "../src/envelope/bytes.ts";
import { Passphrase } from "../src/envelope/passphrase.ts";
import type { Draft } from "../src/sharing/draft.ts";
import { allows, maxPassphraseLength, objectionsTo, type Limits } from "../src/sharing/limits.ts";
import { makeCharacters, makeWords, randomBelow } from "../src/sharing/makePassphrase.ts";
import { inPiecesOf } from "../src/sharing/pieces.ts";
import { strengthOf } from "../src/sharing/strength.ts";
import { someBytes } from "./sealing.ts";

const limits: Limits = {
  maxSize: 1_000,
  extensions: ["env", "pdf"],
  minLifetime: 60,
  maxLifetime: 3_600,
  needsCreateToken: false,
};
const draft: Draft = { text: "hush", files: [], passphrase: "", lifetime: 600, createToken: "" };

test("A draft within the limits is not objected to", () => {
  assert.deepEqual(objectionsTo(draft, limits), []);
  const files = [fileOf("prod.env", 600), fileOf("README", 400)];
  assert.deepEqual(objectionsTo({ ...draft, text: "", files }, limits), []);
  assert.deepEqual(objectionsTo({ ...draft, text: "x".repeat(1_000) }, limits), []);
  assert.deepEqual(objectionsTo({ ...draft, text: "", files: [fileOf("empty.env", 0)] }, limits), []);
});

test("What is not within them is objected to before anything is sent", () => {
  const kinds = (changed: Partial<Draft>, within: Partial<Limits> = {}): readonly string[] =>
    objectionsTo({ ...draft, ...changed }, { ...limits, ...within }).map(({ kind }) => kind);
  assert.deepEqual(kinds({ text: "" }), ["nothing"]);
  assert.deepEqual(kinds({ files: [fileOf("a.env", 1)] }), ["text-and-files"]);
  assert.deepEqual(kinds({ text: "ä".repeat(501) }), ["too-large"]);
  assert.deepEqual(kinds({ text: "", files: [fileOf("a.env", 600), fileOf("b.env", 401)] }), ["too-large"]);
  assert.deepEqual(kinds({ text: "", files: [fileOf("a.exe", 1)] }), ["extension"]);
  const many = Array.from({ length: 2_200 }, (_, at) => fileOf(`${at}.env`, 0));
  assert.deepEqual(kinds({ text: "", files: many }), ["too-many-names"]);
  assert.deepEqual(kinds({ passphrase: "ä".repeat(513) }), ["passphrase-too-long"]);
  assert.deepEqual(kinds({ passphrase: "\ud800" }), ["passphrase-too-long"]);
  assert.deepEqual(kinds({ lifetime: 59 }), ["lifetime"]);
  assert.deepEqual(kinds({ lifetime: 3_601 }), ["lifetime"]);
  assert.deepEqual(kinds({ lifetime: Number.NaN }), ["lifetime"]);
  assert.deepEqual(kinds({}, { needsCreateToken: true }), ["create-token-missing"]);
  assert.deepEqual(kinds({ text: "", lifetime: 1 }), ["nothing", "lifetime"]);
  assert.equal(maxPassphraseLength, Passphrase.maxLength);
});

test("A name's ending counts as it does at the server's doors", () => {
  for (const name of ["a.env", ".env", "A.PDF", "README", "a/b.exe/c.env", "a.", "a.env. ."]) {
    assert.ok(allows(["env", "pdf"], name), name);
  }
  for (const name of ["a.exe", "a.env.exe", ".exe", "a.exe.", "a.\u202eenv.exe"]) {
    assert.ok(!allows(["env", "pdf"], name), name);
  }
  assert.ok(allows(null, "a.exe"));
});

test("A random number is below its limit, and no number is favoured", () => {
  // 2^32 is 4 more than a multiple of 6: these four would make the small numbers likelier, and are drawn again.
  const drawn = [2 ** 32 - 1, 2 ** 32 - 4, 2 ** 32 - 5];
  assert.equal(randomBelow(6, () => drawn.shift() ?? 0), 5);
  assert.equal(drawn.length, 0);
  const counts = new Map<number, number>();
  for (let draws = 0; draws < 7_000; draws++) {
    const number = randomBelow(7);
    counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  assert.deepEqual([...counts.keys()].sort(), [0, 1, 2, 3, 4, 5, 6]);
  // Of a thousand expected each, ten standard deviations away.
  assert.ok([...counts.values()].every((count) => Math.abs(count - 1_000) < 300));
});

test("Passphrases are made of words or characters, never the same twice, and strong", () => {
  for (const make of [makeWords, makeCharacters]) {
    const made = Array.from({ length: 100 }, make);
    assert.equal(new Set(made).size, made.length);
    assert.ok(made.every((passphrase) => Passphrase.parse(passphrase).ok));
  }
  assert.match(makeWords(), /^[a-z]+( [a-z]+){5}$/);
  assert.match(makeCharacters(), /^[a-km-zA-HJ-NP-Z2-9]{16}$/);
  assert.equal(strengthOf("claim wonder wish zero robot arena"), "strong");
  assert.equal(strengthOf("k7RmPq2XwZt9bVhN"), "strong");
});

test("A passphrase's strength is said carefully", () => {
  for (const weak of ["1", "password", "Password123!", "aaaaaaaaaaaaaaaaaaaaaaaa", "20011231", "hushhushhushhush"]) {
    assert.equal(strengthOf(weak), "weak", weak);
  }
  assert.equal(strengthOf("horse battery staple"), "fair");
  assert.equal(strengthOf("drei Chinesen mit dem Kontrabass"), "strong");
});

test("What comes in pieces of any length goes in pieces of one", async () => {
  for (const sizes of [[], [1], [10], [3, 3, 3, 3], [25], [9, 1, 10, 11]]) {
    const whole = someBytes(sizes.reduce((sum, size) => sum + size, 0));
    const pieces: Blob[] = [];
    for await (const piece of inPiecesOf(10, cut(whole, sizes))) {
      pieces.push(piece);
    }
    assert.deepEqual(new Uint8Array(await new Blob(pieces).arrayBuffer()), whole);
    assert.ok(pieces.slice(0, -1).every(({ size }) => size === 10));
  }
});

test("A link as a QR code is read by another's decoder", () => {
  const link = "https://share.example.org/sub/d/qxHI3DKqQAWOQ27DXFEiog#xnrpey8X4hJOovsnqAhSmg-ZARrahxKhn2B15EEyclI";
  const { data, size } = encode(link, { ecc: "M", border: 4 });
  const scale = 4;
  const pixels = new Uint8ClampedArray((size * scale) ** 2 * 4).fill(255);
  data.forEach((row, y) => {
    row.forEach((dark, x) => {
      for (let at = 0; dark && at < scale ** 2; at++) {
        const pixel = (y * scale + Math.floor(at / scale)) * size * scale + x * scale + (at % scale);
        pixels.fill(0, pixel * 4, pixel * 4 + 3);
      }
    });
  });
  assert.equal(jsQr(pixels, size * scale, size * scale)?.data, link);
});

function fileOf(name: string, size: number): File {
  return new File([new Uint8Array(size)], name);
}

async function* cut(whole: Bytes, sizes: readonly number[]): AsyncGenerator<Bytes, void> {
  let at = 0;
  for (const size of sizes) {
    yield await Promise.resolve(whole.slice(at, at + size));
    at += size;
  }
}
