import assert from "node:assert/strict";
import test from "node:test";
import { concat, utf8 } from "../src/envelope/bytes.ts";
import { cleanFileName, safeFileNames } from "../src/envelope/fileNames.ts";
import { decodeManifest, encodeManifest, type Manifest } from "../src/envelope/manifest.ts";
import { numbersOf } from "./sealing.ts";

const one = { files: [{ name: "a", type: "application/octet-stream", size: 1 }], text: false };

const malformed = [
  '{"files":[{"name":"\\ud800","size":1}]}',
  '{"files":[{"name":"\\udc00\\ud800","size":1}]}',
  '{"files":[{"name":"a","type":"\\ud800","size":1}]}',
  '{"files":[]}',
  '{"files":{}}',
  '{"Files":[{"name":"a","size":1}]}',
  '[{"name":"a","size":1}]',
  '{"files":[[]]}',
  '{"files":[null]}',
  '{"files":[{"size":1}]}',
  '{"files":[{"name":null,"size":1}]}',
  '{"files":[{"name":"a"}]}',
  ...["null", '"1"', "1e3", "1E0", "1.0", "-0", "-1", "01", "+1", "0x1", "1_0", "281474976710657"].map(
    (size) => `{"files":[{"name":"a","size":${size}}]}`,
  ),
  '{"files":[{"name":"a","size":281474976710656},{"name":"b","size":1}]}',
  '{"files":[{"name":"a","size":1,"type":null}]}',
  '{"files":[{"name":"a","size":1,"type":7}]}',
  '{"files":[{"name":"a","size":1}],}',
  '{"files":[{"name":"a","size":1},]}',
  '{"files":[{"name":"a","size":1}]} x',
  '{"files":[{"name":"a","size":1}]/**/}',
  '{"files":[{"name":"a","size":1,"size":1e0}]}',
  '{"files":[{"name":"a\n","size":1}]}',
  '{"files":[{"name":"\\x","size":1}]}',
  '{"files":[{"name":"\\u00g0","size":1}]}',
  '{"x":tru,"files":[{"name":"a","size":1}]}',
  '{"x":[1 2],"files":[{"name":"a","size":1}]}',
  '{"x":[}],"files":[{"name":"a","size":1}]}',
  '{"x" 1,"files":[{"name":"a","size":1}]}',
  '{"files":[{"name":"a","size":1}]',
  '{"files":[{"name":"a","size":1}]}\u00a0',
  '{"x":1.,"files":[{"name":"a","size":1}]}',
  "",
  "   ",
];

for (const json of malformed) {
  test(`What is no manifest is refused: ${JSON.stringify(json)}`, () => {
    assert.equal(decodeManifest(utf8(json)), null);
  });
}

const ignoring = [
  '{"x":"\\ud800","files":[{"name":"a","size":1}]}',
  '{"fi\\ud800":0,"files":[{"name":"a","size":1}]}',
  '{"files":[{"na\\ud800":0,"name":"a","size":1,"si\\ud800":0}]}',
  '{"\\u0066iles":[{"n\\u0061me":"a","size":1}]}',
  '{"files":7,"files":[{"name":"b","name":"a","size":2e9,"size":1}]}',
  '\t{"files":\r\n[{"name" : "a" , "size":1}]} \n',
  '{"x":[true,false,null,-1.5e+3,{},[],{"y":[{}]},"\\"\\\\"],"files":[{"name":"a","size":1}]}',
  `{"x":${"[".repeat(30_000)}${"]".repeat(30_000)},"files":[{"name":"a","size":1}]}`,
];

for (const json of ignoring) {
  test(`What does not concern the files is ignored, and the last of two counts: ${json.slice(0, 80)}`, () => {
    assert.deepEqual(decodeManifest(utf8(json)), one);
  });
}

test("Whatever JSON.parse takes or refuses, so does the parser", () => {
  const numbers = numbersOf(7);
  const parts = ['{"files":[', '{"name":"a","size":1}', "]", "}", ",", '"x":', "[", "{", "1", '"s"', "true", " ", "-"];
  let accepted = 0;
  for (let round = 0; round < 20_000; round++) {
    const tail = Array.from({ length: numbers.next().value % 6 }, () => parts[numbers.next().value % parts.length]);
    const json = `{"files":[{"name":"a","size":1}]${tail.join("")}`;
    const manifest = decodeManifest(utf8(json));
    assert.equal(manifest === null, !isJsonWithFiles(json), json);
    accepted += manifest === null ? 0 : 1;
  }
  assert.ok(accepted > 100);
});

test("Bytes that are not UTF-8 are refused wherever they stand, and so is a byte order mark", () => {
  for (const bad of [[0xed, 0xa0, 0x80], [0xc0, 0xaf], [0xff]]) {
    const [before, after] = [utf8('{"x":"'), utf8('","files":[{"name":"a","size":1}]}')];
    assert.equal(decodeManifest(concat(before, new Uint8Array(bad), after)), null);
  }
  assert.equal(decodeManifest(utf8('\ufeff{"files":[{"name":"a","size":1}]}')), null);
});

test("Every Unicode name comes back as it went in, padded to a multiple of 256 bytes", () => {
  for (const name of ["", "prod.env", "päss 日本 \u{1f600}.txt", 'a\u0000\u001f\u007f"\\/<>&\'\u2028\u202e']) {
    const manifest: Manifest = { files: [{ name, type: 'text/plain; charset="utf-8"', size: 123 }], text: true };
    const encoded = encodeManifest(manifest);
    assert.equal((encoded?.length ?? 1) % 256, 0);
    assert.deepEqual(encoded && decodeManifest(encoded), manifest);
  }
});

test("Names of up to 65,536 bytes in all are encoded, and not one byte more", () => {
  const named = (length: number): Manifest => {
    return { files: [{ name: "n".repeat(length), type: "", size: 0 }], text: false };
  };
  const most = 65_536 - '{"files":[{"name":"","type":"","size":0}]}'.length;
  assert.equal(encodeManifest(named(most))?.length, 65_536);
  assert.equal(encodeManifest(named(most + 1)), null);
});

test("Whatever the names, each file gets one of its own that is safe to save under", () => {
  const numbers = numbersOf(3);
  const units = "aB./\\ (2)\0\n\u007f\u009f\u2028\u061c\u200e\u202e\u2066\u2069\ud800\udc00\u0301";
  const fixed = ["b.txt", "b (2).txt", "x/b.txt", ".env", "", "file", "file (2)", "."];
  for (let round = 0; round < 2000; round++) {
    const names = Array.from({ length: 1 + (numbers.next().value % 20) }, () => {
      const drawn = () => units.charAt(numbers.next().value % units.length);
      const made = Array.from({ length: numbers.next().value % 8 }, drawn).join("");
      return numbers.next().value % 2 === 0 ? made : (fixed[numbers.next().value % fixed.length] ?? made);
    });
    const safe = safeFileNames({ files: names.map((name) => ({ name, type: "", size: 0 })), text: false });
    assert.equal(new Set(safe).size, names.length);
    for (const name of safe) {
      assert.doesNotMatch(name, /^\.{0,2}$|[/\\\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
      assert.equal(cleanFileName(name), name);
    }
  }
});

function isJsonWithFiles(json: string): boolean {
  try {
    const { files } = JSON.parse(json) as { readonly files: unknown };
    return Array.isArray(files) && files.length > 0;
  } catch {
    return false;
  }
}
