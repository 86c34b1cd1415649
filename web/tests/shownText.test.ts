import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../src/envelope/bytes.ts";
import { decodeText, isNumbered, linesOf } from "../src/pages/receive/shownText.ts";

test("A text is what was typed, to its byte order mark and its last line end", () => {
  for (const text of ["", "\ufeffa\r\nb\n", "pässwörd 🔑\n\n"]) {
    assert.equal(decodeText([utf8(text)]), text);
  }
  const [bytes] = [utf8("€uro")];
  assert.equal(decodeText([bytes.slice(0, 2), bytes.slice(2)]), "€uro");
  assert.equal(decodeText([Uint8Array.of(0xff, 0xfe)]), null);
});

test("Lines end as any system ends them", () => {
  assert.deepEqual(linesOf("a\nb\r\nc\rd"), ["a", "b", "c", "d"]);
  assert.deepEqual(linesOf("a\n"), ["a"]);
  assert.deepEqual(linesOf("a\n\n"), ["a", ""]);
  assert.deepEqual(linesOf(""), [""]);
});

test("Settings, code, keys and logs have line numbers", () => {
  for (const text of [
    "DB_HOST=localhost\nDB_PASSWORD=\nexport TOKEN=abc\n",
    "name: web\nports:\n  - 80\nimage: nginx\n",
    '{\n  "user": "ada",\n  "roles": ["admin"]\n}\n',
    "function f() {\n  return 1;\n}\n",
    "def f():\n    return 1\n\nprint(f())\n",
    "<ul>\n<li>one</li>\n</ul>",
    "[core]\nbare = false\n",
    "-----BEGIN PRIVATE KEY-----\nMIIE;\n-----END PRIVATE KEY-----\n",
    "2026-01-01T00:00:00Z started\n2026-01-01T00:00:01Z stopped\n",
  ]) {
    assert.equal(isNumbered(text), true, text);
  }
});

test("Passwords, letters and addresses have none", () => {
  for (const text of [
    "",
    "hunter2",
    "hunter2\n",
    "DB_HOST=localhost",
    "Dear Ada,\n\nthe door code is 4711. Please do not tell.\nSee you.\n\nYours\nGrace\n",
    "ada\ncorrect horse battery staple\n",
    "Grace Hopper\nNavy Yard 1\nNew York\n",
    "a=1\n".repeat(5001),
  ]) {
    assert.equal(isNumbered(text), false, text);
  }
});
