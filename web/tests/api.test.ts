import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Api } from "../src/api.ts";
import { ClaimToken } from "../src/api/claimToken.ts";
import { ReceiptToken } from "../src/api/receiptToken.ts";
import { concat, utf8, type Bytes } from "../src/envelope/bytes.ts";
import { ContentReader } from "../src/envelope/contentReader.ts";
import { EnvelopeHeader } from "../src/envelope/envelopeHeader.ts";
import { KeySchedule } from "../src/envelope/keySchedule.ts";
import { LinkKey } from "../src/envelope/linkKey.ts";
import type { Manifest } from "../src/envelope/manifest.ts";
import { Passphrase } from "../src/envelope/passphrase.ts";
import { SealedManifest } from "../src/envelope/sealedManifest.ts";
import type { ShareId } from "../src/envelope/shareId.ts";
import { formatShareLink, parseReceiptLink, parseShareLink, type ShareLink } from "../src/link.ts";
import { readAll, valueOf } from "./reading.ts";
import { plain, seal, someBytes, type Plain } from "./sealing.ts";
import { Server } from "./server.ts";

let server: Server;
let api: Api;

before(async () => {
  server = await Server.start({ OTS_MAX_PASSPHRASE_ATTEMPTS: "5" });
  api = new Api(server.address);
});

after(() => server.stop());

test("The policy is what the server was told", async () => {
  const outcome = await api.policy();
  assert.ok(outcome.kind === "policy");
  const { maxSize, ttl, extensions, ...rest } = outcome.policy;
  assert.deepEqual([maxSize, ttl], [20_000_000, { default: 18_000, min: 60, max: 604_800 }]);
  assert.ok(extensions.includes("env"));
  assert.deepEqual(rest, { maxPassphraseAttempts: 5, createToken: false });
});

test("A share is created, previewed, unlocked, claimed, fetched in two parts, and acknowledged", async () => {
  const content = someBytes(150_000);
  const created = await create([{ name: "prod.env", pieces: [content] }], { ttl: 120 });
  const { id, linkKey, linkProof } = created;
  assert.ok(Math.abs(created.expiresAt.getTime() - Date.now() - 120_000) < 60_000);

  const { header, size } = await pending(id, linkProof);
  const keys = await KeySchedule.derive(linkKey, header, null);
  const unlocked = await api.unlock(id, linkProof, keys.claimProof);
  assert.ok(unlocked.kind === "unlocked");
  const manifest = await manifestOf(unlocked.manifest, keys, unlocked.size);
  assert.deepEqual(manifest.files, [{ name: "prod.env", type: "text/plain", size: content.length }]);

  const token = ClaimToken.create();
  const claimed = await api.claim(id, linkProof, keys.claimProof, token);
  assert.ok(claimed.kind === "claimed");
  assert.deepEqual([claimed.size, claimed.content, claimed.manifest], [size, null, unlocked.manifest]);
  assert.deepEqual(await api.claim(id, linkProof, keys.claimProof, token), claimed);

  const first = await fetchPart(id, token, 0, 100_000);
  const second = await fetchPart(id, token, 100_000);
  assert.equal(first.length, 100_000);
  const { handed, failure } = await readAll(new ContentReader([first, second], keys, manifest));
  assert.equal(failure, null);
  assert.deepEqual(handed, content);

  assert.deepEqual(await api.content(id, token, { from: size }), { kind: "range-not-satisfiable" });
  assert.deepEqual(await api.acknowledge(id, ClaimToken.create()), { kind: "not-found" });
  assert.deepEqual(await api.acknowledge(id, token), { kind: "ended" });
  const gone = await api.claim(id, linkProof, keys.claimProof, ClaimToken.create());
  assert.ok(gone.kind === "gone" && gone.state === "delivered");
  assert.ok(Math.abs(gone.at.getTime() - Date.now()) < 60_000);
});

test("The records of a small secret come with the claim", async () => {
  const { id, linkKey, linkProof } = await create([plain("text.txt", "hunter2\n")]);
  const { header } = await pending(id, linkProof);
  const keys = await KeySchedule.derive(linkKey, header, null);
  const claimed = await api.claim(id, linkProof, keys.claimProof, ClaimToken.create());

  assert.ok(claimed.kind === "claimed" && claimed.content !== null);
  const manifest = await manifestOf(claimed.manifest, keys, claimed.size);
  const { handed } = await readAll(new ContentReader([claimed.content], keys, manifest));
  assert.deepEqual(handed, utf8("hunter2\n"));
  const other = await api.preview(id, linkProof);
  assert.ok(other.kind === "gone" && other.state === "claimed");
});

test("What is sealed here opens at the server's door", async () => {
  const passphrase = valueOf(Passphrase.parse(" pässwörd "));
  const { id, linkKey } = await create([plain("ü.env", "A=1\n")], { passphrase });
  const form = new URLSearchParams({ key: linkKey.toFragment(), passphrase: " pässwörd " });
  const answer = await fetch(`${server.address}d/${id.toString()}`, { method: "POST", body: form });

  assert.equal(answer.status, 200);
  assert.match(answer.headers.get("Content-Disposition") ?? "", /filename\*=UTF-8''%C3%BC\.env/);
  assert.equal(await answer.text(), "A=1\n");
});

test("What the server's door seals opens here", async () => {
  const form = new FormData();
  form.set("passphrase", "correct horse");
  form.append("file", new File(["one"], "a.txt"));
  form.append("file", new File([someBytes(70_000)], "b.key"));
  const upload = await fetch(`${server.address}upload`, { method: "POST", body: form });
  const [link = "", receiptLink = ""] = (await upload.text()).split("\n");
  const { id, linkKey, server: host } = linkOf(link);
  assert.equal(host, server.address);
  assert.equal(formatShareLink(host, id, linkKey), link);

  const linkProof = await KeySchedule.linkProof(linkKey);
  const { header } = await pending(id, linkProof);
  const keys = await KeySchedule.derive(linkKey, header, valueOf(Passphrase.parse("correct horse")));
  const token = ClaimToken.create();
  const claimed = await api.claim(id, linkProof, keys.claimProof, token);
  assert.ok(claimed.kind === "claimed");
  const manifest = await manifestOf(claimed.manifest, keys, claimed.size);
  assert.deepEqual(manifest.files.map((file) => [file.name, file.size]), [["a.txt", 3], ["b.key", 70_000]]);
  const records = await fetchPart(id, token);
  const { handed } = await readAll(new ContentReader([records], keys, manifest));
  assert.deepEqual(handed, concat(utf8("one"), someBytes(70_000)));

  const kept = parseReceiptLink(receiptLink);
  assert.ok(kept !== null);
  const receipt = await api.receipt(kept.id, kept.receiptToken);
  assert.ok(receipt.kind === "receipt" && receipt.receipt.state === "claimed" && receipt.receipt.claimedAt !== null);
});

test("Five wrong passphrases lock a share until its sender allows more", async () => {
  const { id, linkKey, linkProof, receiptToken } = await create([plain("a", "x")]);
  const { header } = await pending(id, linkProof);
  const right = (await KeySchedule.derive(linkKey, header, null)).claimProof;
  const wrong = (await KeySchedule.derive(LinkKey.create(), header, null)).claimProof;

  for (const attemptsLeft of [4, 3, 2, 1, 0]) {
    assert.deepEqual(await api.unlock(id, linkProof, wrong), { kind: "wrong-passphrase", attemptsLeft });
  }
  assert.deepEqual(await api.unlock(id, linkProof, right), { kind: "locked" });
  assert.deepEqual(await api.claim(id, linkProof, right, ClaimToken.create()), { kind: "locked" });
  const locked = await api.receipt(id, receiptToken);
  assert.ok(locked.kind === "receipt" && locked.receipt.locked && locked.receipt.failedAttempts === 5);

  assert.deepEqual(await api.allowAttempts(id, receiptToken), { kind: "allowed" });
  assert.equal((await api.unlock(id, linkProof, right)).kind, "unlocked");
});

test("A burned share says so to whoever has its link, and nothing to strangers", async () => {
  const { id, linkProof, receiptToken } = await create([plain("a", "x")]);
  const stranger = await KeySchedule.linkProof(LinkKey.create());
  const token = ReceiptToken.create();

  assert.deepEqual(await api.burn(id, token), { kind: "not-found" });
  assert.deepEqual(await api.burn(id, receiptToken), { kind: "ended" });
  const gone = await api.preview(id, linkProof);
  assert.ok(gone.kind === "gone" && gone.state === "burned");
  assert.deepEqual(await api.preview(id, stranger), { kind: "not-found" });
  assert.deepEqual(await api.receipt(id, token), { kind: "not-found" });
  assert.deepEqual(await api.allowAttempts(id, token), { kind: "not-found" });
  assert.deepEqual(await api.content(id, ClaimToken.create()), { kind: "not-found" });
});

test("What the server refuses to create has a name", async () => {
  const envelope = await seal([plain("a", "x")]);
  const token = ReceiptToken.create();

  assert.deepEqual(await api.create(envelope.slice(1), token), { kind: "malformed-envelope" });
  assert.deepEqual(await api.create(envelope, token, { ttl: 1 }), { kind: "lifetime" });
  const large = new Blob([new Uint8Array(25_000_000)]);
  assert.deepEqual(await api.create(large, token), { kind: "too-large" });
});

test("A server that is not there is no answer, and an abort is thrown", async () => {
  const nobody = new Api("http://127.0.0.1:9/");
  assert.deepEqual(await nobody.policy(), { kind: "no-answer" });

  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(() => api.policy({ signal }), /enough/);
});

interface Created {
  readonly id: ShareId;
  readonly linkKey: LinkKey;
  readonly linkProof: Awaited<ReturnType<typeof KeySchedule.linkProof>>;
  readonly receiptToken: ReceiptToken;
  readonly expiresAt: Date;
}

async function create(
  files: readonly Plain[],
  { passphrase = null, ttl }: { readonly passphrase?: Passphrase | null; readonly ttl?: number } = {},
): Promise<Created> {
  const linkKey = LinkKey.create();
  const header = EnvelopeHeader.create(passphrase === null ? "none" : "argon2id");
  const envelope = await seal(files, { linkKey, header, passphrase });
  const receiptToken = ReceiptToken.create();
  const outcome = await api.create(envelope, receiptToken, { ttl });
  assert.ok(outcome.kind === "created");
  const linkProof = await KeySchedule.linkProof(linkKey);
  return { id: outcome.id, expiresAt: outcome.expiresAt, linkKey, linkProof, receiptToken };
}

async function pending(
  id: ShareId,
  linkProof: Created["linkProof"],
): Promise<{ readonly header: EnvelopeHeader; readonly size: number }> {
  const preview = await api.preview(id, linkProof);
  assert.ok(preview.kind === "pending");
  const header = valueOf(EnvelopeHeader.read(preview.header));
  assert.equal(preview.passphrase, header.kdf === "argon2id");
  return { header, size: preview.size };
}

async function manifestOf(sealed: Bytes, keys: KeySchedule, size: number): Promise<Manifest> {
  return valueOf(await valueOf(SealedManifest.read(sealed)).open(keys, size));
}

async function fetchPart(id: ShareId, token: ClaimToken, from?: number, to?: number): Promise<Bytes> {
  const part = await api.content(id, token, { from, to });
  assert.ok(part.kind === "content");
  assert.equal(part.from, from ?? 0);
  assert.match(part.etag ?? "", /^"/);
  return new Uint8Array(await new Response(part.body).arrayBuffer());
}

function linkOf(text: string): ShareLink {
  const link = parseShareLink(text);
  assert.ok(link !== null);
  return link;
}
