import assert from "node:assert/strict";
import test from "node:test";
import { decodeBase64Url, encodeBase64Url } from "../src/envelope/strictBase64Url.ts";
import { numbersOf } from "./sealing.ts";

test("What is encoded is what everybody else encodes, and comes back", () => {
  const numbers = numbersOf(1);
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, () => numbers.next().value);
    const text = encodeBase64Url(bytes);
    assert.equal(text, Buffer.from(bytes).toString("base64url"));
    assert.deepEqual(decodeBase64Url(text), bytes);
    assert.deepEqual(decodeBase64Url(text, length), bytes);
    assert.equal(decodeBase64Url(text, length + 1), null);
  }
});

test("Every byte string has exactly one text", () => {
  const all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  for (const first of all) {
    for (const second of all) {
      const bytes = decodeBase64Url(first + second);
      assert.equal(bytes !== null, "AQgw".includes(second));
      assert.equal(bytes === null ? first + second : encodeBase64Url(bytes), first + second);
    }
  }
});

test("What is not canonical is refused", () => {
  const texts = ["A", "AAAAA", "AA==", "AAA=", " AAAA", "AA AA", "AA\nAA", "AA+A", "AA/A", "AA%41", "AAé", "AB"];
  for (const text of texts) {
    assert.equal(decodeBase64Url(text), null, text);
  }
});
