import assert from "node:assert/strict";
import test from "node:test";
import { encodeBase64Url } from "../src/envelope/strictBase64Url.ts";
import { sealAesGcm } from "../src/envelope/aesGcm.ts";
import type { Bytes } from "../src/envelope/bytes.ts";
import { EnvelopeHeader } from "../src/envelope/envelopeHeader.ts";
import { KeySchedule } from "../src/envelope/keySchedule.ts";
import { LinkKey } from "../src/envelope/linkKey.ts";
import { Passphrase } from "../src/envelope/passphrase.ts";
import { valueOf } from "./reading.ts";
import { knownHeader, knownLinkKey } from "./sealing.ts";

// The format page's known answers, which other implementations have computed. Link key 00..1f, salt 40..4f.
const passphrase = "correct horse caf\u00e9";
const answers = [
  {
    passphrase: null,
    proof: "d388edc300a9010759e63bbbca60edb55aab11f1120c6f0970cffc704e0b07e1",
    manifest: "07320e28d66dc7870aef2f4cc413588c0adfdae1cd9c37e7d8d1310f9616cda0",
    content: "e889016fb48723960cdd510d6058d62f8d00d239dcac30bf17ca77a0cf4f0d9d",
  },
  {
    passphrase,
    proof: "6176b5ac5b60c8b778527046f0444acfee725c1877623712f50b8e25a46408f7",
    manifest: "f21e19e4881c9971be5dc003574bbc6010f723dd6465aa7c7cb52ec5f1c9b063",
    content: "9a41156e2d0b148cb88f5301636c810037deea5b9826eba69863102faaea4810",
  },
] as const;

test("The link proof depends on the link key alone", async () => {
  const proof = await KeySchedule.linkProof(knownLinkKey());
  assert.equal(proof.toText(), base64Url("03597216c5b5558dad4d135845d87c9cacafb30c6eacd733330a5be0b3bde412"));
});

test("A passphrase is stretched by Argon2id with 64 MiB, 3 passes and 1 lane", async () => {
  const stretched = await parse(passphrase)?.stretch(knownHeader().salt);
  assert.deepEqual(stretched, hex("3ceecb75983a6479ea9788f771f1aeb74e8723133471916586125363d7298a56"));
});

for (const answer of answers) {
  const which = answer.passphrase === null ? "without" : "with";
  test(`Proof and keys are the known ones ${which} a passphrase`, async () => {
    const given = answer.passphrase === null ? null : parse(answer.passphrase);
    const keys = await KeySchedule.derive(knownLinkKey(), knownHeader(given === null ? "none" : "argon2id"), given);

    assert.equal(keys.claimProof.toText(), base64Url(answer.proof));
    assert.ok(await sealsAs(keys.manifestKey, answer.manifest));
    assert.ok(await sealsAs(keys.contentKey, answer.content));
    assert.ok(!(await sealsAs(keys.contentKey, answer.manifest)));
  });
}

test("No key can be taken out of WebCrypto", async () => {
  const keys = await KeySchedule.derive(knownLinkKey(), knownHeader(), null);
  assert.deepEqual([keys.manifestKey.extractable, keys.contentKey.extractable], [false, false]);
});

test("A passphrase is there exactly where the header says so", async () => {
  const given = parse("x");
  await assert.rejects(() => KeySchedule.derive(knownLinkKey(), EnvelopeHeader.create("none"), given));
  await assert.rejects(() => KeySchedule.derive(knownLinkKey(), EnvelopeHeader.create("argon2id"), null));
});

test("A passphrase has up to 1,024 bytes, and an empty one is none", () => {
  assert.equal(parse(""), null);
  for (const text of ["x", " ", "x".repeat(1024), "\u00e9".repeat(512), "\ud83d\ude00"]) {
    assert.ok(parse(text) instanceof Passphrase);
  }
  for (const text of ["x".repeat(1025), "\u00e9".repeat(513), "a\ud800", "\udc00\ud800", "\ude00\ud83d"]) {
    assert.deepEqual(Passphrase.parse(text), { ok: false, failure: "malformed-passphrase" });
  }
});

test("Disposing zeroes a link key", () => {
  const key = LinkKey.create();
  assert.notEqual(key.toFragment(), "A".repeat(43));
  key.dispose();
  assert.equal(key.toFragment(), "A".repeat(43));
});

test("Every header and every link key is a new one", () => {
  const headers = Array.from({ length: 100 }, () => encodeBase64Url(EnvelopeHeader.create("none").bytes));
  const keys = Array.from({ length: 100 }, () => LinkKey.create().toFragment());
  assert.equal(new Set([...headers, ...keys]).size, 200);
});

function parse(text: string): Passphrase | null {
  return valueOf(Passphrase.parse(text));
}

async function sealsAs(key: CryptoKey, known: string): Promise<boolean> {
  const imported = await crypto.subtle.importKey("raw", hex(known), "AES-GCM", false, ["encrypt"]);
  const [nonce, plain] = [new Uint8Array(12), new Uint8Array(3)];
  const [one, other] = [await sealAesGcm(key, nonce, plain), await sealAesGcm(imported, nonce, plain)];
  return encodeBase64Url(one) === encodeBase64Url(other);
}

function hex(digits: string): Bytes {
  return new Uint8Array(Buffer.from(digits, "hex"));
}

function base64Url(digits: string): string {
  return Buffer.from(digits, "hex").toString("base64url");
}
