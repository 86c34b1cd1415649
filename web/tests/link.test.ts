import assert from "node:assert/strict";
import test from "node:test";
import {
  formatReceiptLink,
  formatShareLink,
  keyIn,
  parseReceiptLink,
  parseShareLink,
  serverOf,
} from "../src/link.ts";

const id = "AAECAwQFBgcICQoLDA0ODw";
const key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

const links = [
  [`https://host/d/${id}#${key}`, "https://host/", false],
  [`http://localhost:5000/d/${id}#${key}`, "http://localhost:5000/", false],
  [`https://host/sub/path/d/${id}#${key}`, "https://host/sub/path/", false],
  [`https://host/d/d/${id}#${key}`, "https://host/d/", false],
  [`https://[::1]:8443/d/${id}#${key}`, "https://[::1]:8443/", false],
  [` \n https://host/d/${id}#${key}\t`, "https://host/", false],
  [`https://host/d/${id}?x=1#${key}`, "https://host/", false],
  [`https://host/d/${id}?mangled#${key}`, "https://host/", true],
  [`https://host/d/${id}%23${key}`, "https://host/", true],
] as const;

for (const [text, server, mangled] of links) {
  test(`A link gives its server, its share and its key: ${text}`, () => {
    const link = parseShareLink(text);
    assert.ok(link !== null);
    assert.deepEqual([link.server, link.id.toString(), link.mangled], [server, id, mangled]);
    assert.equal(formatShareLink(link.server, link.id, link.linkKey), `${server}d/${id}#${key}`);
  });
}

const none = [
  "",
  "#",
  `/d/${id}#${key}`,
  `ftp://host/d/${id}#${key}`,
  `file:///d/${id}#${key}`,
  `javascript://host/d/${id}#${key}`,
  `https:///d/${id}`,
  `https://host/d/${id}`,
  `https://host/d/${id}#`,
  `https://host/d/${id}/#${key}`,
  `https://host/r/${id}#${key}`,
  `https://host/${id}#${key}`,
  `https://host/d/${id}#${key}=`,
  `https://host/d/${id}#${key}#`,
  `https://host/d/${id}==#${key}`,
  `https://host/d/AAECAwQFBgcICQoLDA0ODx#${key}`,
  `https://host/d/${id}#AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9`,
  `https://host/d/%41AECAwQFBgcICQoLDA0ODw#${key}`,
  `https://host/d/${id}#%41AECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8`,
  `https://host/d/x/../${id}#${key}`,
];

for (const text of none) {
  test(`What is not spelled as a link is none: ${text}`, () => {
    assert.equal(parseShareLink(text), null);
  });
}

test("A receipt link comes back, and no share link is one", () => {
  const text = `https://host/sub/r/${id}#ABEiM0RVZneImaq7zN3u_w`;
  const link = parseReceiptLink(text);
  assert.ok(link !== null);
  assert.equal(formatReceiptLink(link.server, link.id, link.receiptToken), text);
  assert.equal(parseReceiptLink(`https://host/d/${id}#ABEiM0RVZneImaq7zN3u_w`), null);
  assert.equal(parseReceiptLink(`https://host/r/${id}#${key}`), null);
});

test("The key is found in whatever was pasted", () => {
  for (const text of [key, `#${key}`, ` ${key}\n`, `https://host/d/${id}#${key}`, `https://host/d/${id}%23${key} `]) {
    assert.equal(keyIn(text), key);
  }
});

test("A page knows where its server begins, below a path too", () => {
  assert.equal(serverOf("https://host/"), "https://host/");
  assert.equal(serverOf(`https://host/d/${id}?mangled#${key}`), "https://host/");
  assert.equal(serverOf(`https://host/sub/r/${id}`), "https://host/sub/");
  assert.equal(serverOf("https://host/sub/"), "https://host/sub/");
});
