import assert from "node:assert/strict";
import { test } from "node:test";
import { ClaimToken } from "../src/api/claimToken.ts";
import { random } from "../src/envelope/bytes.ts";
import { ShareId } from "../src/envelope/shareId.ts";
import { encodeBase64Url } from "../src/envelope/strictBase64Url.ts";
import { KeptClaims, type KeptClaim } from "../src/pages/receive/keptClaim.ts";
import { Texts } from "./texts.ts";

const minute = 60_000;

test("A claim is kept before its answer and after, and found by a later page", () => {
  const texts = new Texts();
  const [id, claim] = [anId(), aClaim(null)];
  new KeptClaims(texts, () => new Date(0)).keep(id, claim);
  assert.deepEqual(shown(new KeptClaims(texts, () => new Date(0)).find(id)), shown(claim));

  const taken = { ...claim, taken: { manifest: random(272), size: 272, leaseUntil: new Date(minute), handed: [0, 2] } };
  new KeptClaims(texts, () => new Date(0)).keep(id, taken);
  assert.deepEqual(shown(new KeptClaims(texts, () => new Date(0)).find(id)), shown(taken));
  assert.equal(texts.length, 1);
});

test("What is acknowledged, or over, is gone", () => {
  const texts = new Texts();
  let now = 0;
  const kept = new KeptClaims(texts, () => new Date(now));
  const [first, second] = [anId(), anId()];
  kept.keep(first, aClaim(new Date(minute)));
  kept.keep(second, aClaim(new Date(2 * minute)));
  now = minute;
  assert.equal(kept.find(first), null);
  assert.notEqual(kept.find(second), null);
  assert.equal(texts.length, 1);
  kept.forget(second);
  assert.equal(texts.length, 0);
});

test("A claim without an answer is kept for a week and a day", () => {
  let now = 0;
  const kept = new KeptClaims(new Texts(), () => new Date(now));
  const id = anId();
  kept.keep(id, aClaim(null));
  now = 8 * 1440 * minute - 1;
  assert.notEqual(kept.find(id), null);
  now++;
  assert.equal(kept.find(id), null);
});

test("Of very many the ones that last longest are kept, and nothing of anybody else is touched", () => {
  const texts = new Texts();
  texts.setItem("theme", "dark");
  const kept = new KeptClaims(texts, () => new Date(0));
  const ids = Array.from({ length: 30 }, anId);
  ids.forEach((id, at) => { kept.keep(id, aClaim(new Date((at + 1) * minute))); });
  assert.deepEqual(ids.map((id) => kept.find(id) !== null), ids.map((_, at) => at >= 10));
  assert.equal(texts.getItem("theme"), "dark");
});

test("What somebody else has put there is nothing", () => {
  const texts = new Texts();
  const kept = new KeptClaims(texts, () => new Date(0));
  const until = new Date(minute).toISOString();
  for (const text of ["", "null", "7", "{", "[]", "{}", JSON.stringify({ until, token: "x", header: "y" })]) {
    const id = anId();
    texts.setItem(`ots.claim.${id.toString()}`, text);
    assert.equal(kept.find(id), null);
  }
});

test("A browser that keeps nothing, or has no room, is no obstacle", () => {
  const id = anId();
  new KeptClaims(null).keep(id, aClaim(null));
  assert.equal(new KeptClaims(null).find(id), null);
  const full = new Texts();
  full.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  new KeptClaims(full).keep(id, aClaim(null));
  assert.equal(new KeptClaims(full).find(id), null);
});

function anId(): ShareId {
  return ShareId.parse(encodeBase64Url(random(16))) ?? anId();
}

function aClaim(leaseUntil: Date | null): KeptClaim {
  const taken = leaseUntil && { manifest: random(272), size: 272, leaseUntil, handed: [] };
  return { token: ClaimToken.create(), header: random(24), taken };
}

function shown(claim: KeptClaim | null): unknown {
  return claim && { ...claim, token: claim.token.toText() };
}
