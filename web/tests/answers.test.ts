import assert from "node:assert/strict";
import test from "node:test";
import { Api } from "../src/api.ts";
import { ClaimToken } from "../src/api/claimToken.ts";
import { ReceiptToken } from "../src/api/receiptToken.ts";
import { LinkProof } from "../src/envelope/linkProof.ts";
import { ShareId } from "../src/envelope/shareId.ts";

const id = ShareId.parse("AAECAwQFBgcICQoLDA0ODw") ?? assert.fail();
const proof = new LinkProof(new Uint8Array(32));
const html = { "Content-Type": "text/html" };
const problem = { "Content-Type": "application/problem+json" };
const json = { "Content-Type": "application/json" };

test("A proxy's own answers are told apart as far as their status says", async () => {
  const kinds = [];
  for (const status of [413, 429, 502, 503, 504, 404, 403, 500]) {
    kinds.push((await answered("<h1>Sorry</h1>", { status, headers: html }).create(new Uint8Array(1), token())).kind);
  }
  const [large, often, ...rest] = kinds;
  assert.deepEqual([large, often], ["too-large", "rate-limited"]);
  assert.deepEqual(rest, [...Array<string>(3).fill("unavailable"), ...Array<string>(3).fill("unexpected")]);
});

test("How long to wait is what the server says, and some seconds where it says nothing", async () => {
  for (const [said, retryAfter] of [["17", 17], ["soon", 5], [undefined, 5]] as const) {
    const headers = said === undefined ? problem : { ...problem, "Retry-After": said };
    const limited = answered('{"type":"/problems/rate-limited"}', { status: 429, headers });
    assert.deepEqual(await limited.preview(id, proof), { kind: "rate-limited", retryAfter });
    const busy = answered('{"type":"/problems/busy"}', { status: 503, headers });
    assert.deepEqual(await busy.preview(id, proof), { kind: "unavailable", retryAfter });
  }
});

test("A problem that its request cannot have, or that lacks its members, is unexpected", async () => {
  for (const [status, text] of [
    [403, '{"type":"/problems/wrong-passphrase","attempts_left":3}'],
    [410, '{"type":"/problems/expired"}'],
    [410, '{"type":"/problems/expired","state":"burned","at":"2026-01-01T00:00:00Z"}'],
    [410, '{"type":"/problems/expired","state":"expired","at":"yesterday"}'],
    [404, '{"type":"https://elsewhere/problems/not-found"}'],
    [404, "{"],
    [404, "null"],
  ] as const) {
    const outcome = await answered(text, { status, headers: problem }).preview(id, proof);
    assert.deepEqual(outcome, { kind: "unexpected", status }, text);
  }
});

test("An answer that is not what it has to be is unexpected", async () => {
  const whole = { id: id.toString(), header: "AAAA", size: 1, passphrase: false, expires_at: "2026-01-01T00:00:00Z" };
  assert.equal((await answered(JSON.stringify(whole), { headers: json }).preview(id, proof)).kind, "pending");
  for (const wrong of [
    { header: "AAAA=" },
    { size: -1 },
    { size: 1.5 },
    { size: 2 ** 53 },
    { size: "1" },
    { passphrase: null },
    { expires_at: "soon" },
    { expires_at: undefined },
  ]) {
    const text = JSON.stringify({ ...whole, ...wrong });
    const outcome = await answered(text, { headers: json }).preview(id, proof);
    assert.deepEqual(outcome, { kind: "unexpected", status: 200 }, text);
  }
  assert.equal((await answered("<h1>Sign in</h1>", { headers: html }).preview(id, proof)).kind, "unexpected");
});

test("Content of another place than the one asked for is never taken for it", async () => {
  const part = (range: string): Api => answered("12345", { status: 206, headers: { "Content-Range": range } });
  const right = await part("bytes 100-104/500").content(id, ClaimToken.create(), { from: 100 });
  assert.ok(right.kind === "content" && right.from === 100 && right.size === 500);
  for (const range of ["bytes 0-4/500", "bytes 100-104/*", "lines 100-104/500", ""]) {
    const outcome = await part(range).content(id, ClaimToken.create(), { from: 100 });
    assert.deepEqual(outcome, { kind: "unexpected", status: 206 }, range);
  }
  const all = answered("12345", { headers: { "Content-Length": "5" } });
  const whole = await all.content(id, ClaimToken.create(), { from: 100 });
  assert.ok(whole.kind === "content" && whole.from === 0 && whole.size === 5);
});

test("A request is sent once, says nothing that it need not, and carries its token in a header alone", async () => {
  const sent: { readonly url: string; readonly init: RequestInit }[] = [];
  const api = new Api("https://host/sub/", (url, init) => {
    sent.push({ url, init });
    return Promise.reject(new TypeError("The connection broke."));
  });
  const receiptToken = token();
  const outcome = await api.create(new Uint8Array(1), receiptToken, { ttl: 60, createToken: "let me" });

  assert.deepEqual(outcome, { kind: "no-answer" });
  const [request, ...more] = sent;
  assert.deepEqual([request?.url, more], ["https://host/sub/api/v1/shares?ttl=60", []]);
  const { credentials, cache, redirect, referrerPolicy, headers } = request?.init ?? {};
  assert.deepEqual(
    [credentials, cache, redirect, referrerPolicy],
    ["omit", "no-store", "error", "no-referrer"],
  );
  assert.deepEqual(Object.fromEntries(new Headers(headers)), {
    authorization: `Bearer ${receiptToken.toText()}`,
    "content-type": "application/vnd.onetimeshare.envelope",
    "ots-create-token": "let me",
  });
});

function token(): ReceiptToken {
  return ReceiptToken.create();
}

/** The API of something that gives this answer to everything. */
function answered(text: string, init: ResponseInit): Api {
  return new Api("https://host/", () => Promise.resolve(new Response(text, init)));
}
