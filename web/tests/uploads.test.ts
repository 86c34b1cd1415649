import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Api } from "../src/api.ts";
import { ReceiptToken } from "../src/api/receiptToken.ts";
import { EnvelopeHeader } from "../src/envelope/envelopeHeader.ts";
import { KeySchedule } from "../src/envelope/keySchedule.ts";
import { LinkKey } from "../src/envelope/linkKey.ts";
import { plain, seal, someBytes } from "./sealing.ts";
import { Server } from "./server.ts";

let server: Server;
let api: Api;

before(async () => {
  server = await Server.start();
  api = new Api(server.address);
});

after(() => server.stop());

test("An envelope in pieces is published with its last byte", async () => {
  const linkKey = LinkKey.create();
  const files = [{ name: "a", pieces: [someBytes(500_000)] }];
  const envelope = await seal(files, { linkKey, header: EnvelopeHeader.create("none") });
  const token = ReceiptToken.create();
  const begun = await api.uploads.begin(envelope.length, token, { ttl: 120 });
  assert.ok(begun.kind === "begun" && begun.idleUntil !== null && begun.idleUntil.getTime() > Date.now());
  const { id } = begun;

  const first = await api.uploads.append(id, token, 0, envelope.slice(0, 300_000));
  assert.deepEqual(first, { kind: "appended", offset: 300_000, published: false });
  assert.deepEqual(await api.uploads.append(id, token, 1, envelope.slice(1, 2)), { kind: "upload-offset" });
  const offset = await api.uploads.offset(id, token);
  assert.deepEqual(offset, { kind: "offset", offset: 300_000, length: envelope.length, published: false });
  assert.deepEqual(await api.uploads.offset(id, ReceiptToken.create()), { kind: "not-found" });
  const rest = await api.uploads.append(id, token, 300_000, new Blob([envelope.slice(300_000)]));
  assert.deepEqual(rest, { kind: "appended", offset: envelope.length, published: true });

  const all = await api.uploads.offset(id, token);
  assert.ok(all.kind === "offset" && all.published && all.offset === envelope.length);
  assert.deepEqual(await api.uploads.end(id, token), { kind: "not-found" });
  const preview = await api.preview(id, await KeySchedule.linkProof(linkKey));
  assert.ok(preview.kind === "pending");
});

test("An upload that is given up, or is no envelope, is gone", async () => {
  const token = ReceiptToken.create();
  const given = await api.uploads.begin(10_000, token);
  assert.ok(given.kind === "begun");
  assert.deepEqual(await api.uploads.end(given.id, ReceiptToken.create()), { kind: "not-found" });
  assert.deepEqual(await api.uploads.end(given.id, token), { kind: "ended" });
  assert.deepEqual(await api.uploads.offset(given.id, token), { kind: "not-found" });

  const envelope = await seal([plain("a", "x")]);
  const broken = await api.uploads.begin(envelope.length, token);
  assert.ok(broken.kind === "begun");
  envelope[4] = 9;
  assert.deepEqual(await api.uploads.append(broken.id, token, 0, envelope), { kind: "malformed-envelope" });
});

test("What there is no room for has a name", async () => {
  const token = ReceiptToken.create();
  assert.deepEqual(await api.uploads.begin(30_000_000, token), { kind: "too-large" });
  assert.deepEqual(await api.uploads.begin(10_000, token, { ttl: 1 }), { kind: "lifetime" });
  assert.deepEqual(await api.uploads.begin(10, token), { kind: "malformed-envelope" });
  for (let begun = 0; begun < 4; begun++) {
    assert.equal((await api.uploads.begin(10_000, token)).kind, "begun");
  }
  assert.deepEqual(await api.uploads.begin(10_000, token), { kind: "too-many-uploads" });
});
