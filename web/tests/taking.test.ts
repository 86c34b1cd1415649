import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Api } from "../src/api.ts";
import { ReceiptToken } from "../src/api/receiptToken.ts";
import type { Fetch } from "../src/api/exchange.ts";
import { concat } from "../src/envelope/bytes.ts";
import { EnvelopeHeader } from "../src/envelope/envelopeHeader.ts";
import { LinkKey } from "../src/envelope/linkKey.ts";
import { Passphrase } from "../src/envelope/passphrase.ts";
import type { ShareId } from "../src/envelope/shareId.ts";
import { Content } from "../src/pages/receive/content.ts";
import { KeptClaims, type KeyedTexts } from "../src/pages/receive/keptClaim.ts";
import { Taking } from "../src/pages/receive/taking.ts";
import { EnvelopeAway } from "../src/worker/envelopeAway.ts";
import { serveEnvelope } from "../src/worker/serveEnvelope.ts";
import { valueOf } from "./reading.ts";
import { seal, someBytes } from "./sealing.ts";
import { Server } from "./server.ts";
import { Texts } from "./texts.ts";

let server: Server;

before(async () => {
  server = await Server.start();
});

after(() => server.stop());

test("An answer to a claim that was lost is repeated with the claim token that was kept before", () =>
  withShare("", async ({ taking, texts }) => {
    assert.deepEqual(await taking().look(), { kind: "pending", passphrase: false });
    const reader = taking(losing("/claim"));
    await reader.look();
    assert.equal((await reader.unlock("")).kind, "unlocked");
    assert.deepEqual(await reader.claim(), { kind: "no-answer" });
    assert.equal(texts.length, 1);
    assert.equal((await reader.claim()).kind, "claimed");
  }));

test("A page that was left before the answer finds out that it was the one", () =>
  withShare("", async ({ taking }) => {
    const left = taking(losing("/claim"));
    await left.look();
    await left.unlock("");
    await left.claim();

    const back = taking();
    assert.deepEqual(await back.look(), { kind: "taken", passphrase: false, leaseUntil: null });
    assert.equal((await back.goOn("")).kind, "claimed");
    const stranger = taking(undefined, new Texts());
    assert.equal((await stranger.look()).kind, "gone");
  }));

test("A page that was left afterwards goes on with the passphrase alone, and a wrong one is not counted", () =>
  withShare("right", async ({ taking, content }) => {
    const left = taking();
    await left.look();
    assert.deepEqual(await left.unlock("wrong"), { kind: "wrong-passphrase", attemptsLeft: 4 });
    await left.unlock("right");
    assert.equal((await left.claim()).kind, "claimed");
    left.handOver([1]);

    const back = taking();
    const looked = await back.look();
    assert.ok(looked.kind === "taken" && looked.passphrase && looked.leaseUntil !== null);
    for (let tries = 0; tries < 7; tries++) {
      assert.deepEqual(await back.goOn("wrong"), { kind: "not-the-one" });
    }
    assert.equal((await back.goOn("right")).kind, "claimed");
    assert.deepEqual(back.handed, [1]);
    assert.deepEqual(await content(back, { from: 70_000, to: 150_000 }), someBytes(150_000).slice(70_000));
  }));

test("What is acknowledged is deleted, and nothing of it is kept", () =>
  withShare("", async ({ taking, texts }) => {
    const reader = taking();
    await reader.look();
    await reader.unlock("");
    await reader.claim();
    assert.deepEqual(await reader.acknowledge(), { kind: "ended" });
    assert.equal(texts.length, 0);
    const looked = await taking().look();
    assert.ok(looked.kind === "gone" && looked.state === "delivered");
  }));

interface Shared {
  /** Another page of the same browser, by default. */
  readonly taking: (fetch?: Fetch, texts?: KeyedTexts) => Taking;
  readonly content: (taking: Taking, span: { readonly from: number; readonly to: number }) => Promise<Uint8Array>;
  readonly texts: Texts;
}

async function withShare(typed: string, act: (shared: Shared) => Promise<void>): Promise<void> {
  const passphrase = valueOf(Passphrase.parse(typed));
  const linkKey = LinkKey.create();
  const header = EnvelopeHeader.create(passphrase === null ? "none" : "argon2id");
  const envelope = await seal([{ name: "a", pieces: [someBytes(150_000)] }], { linkKey, header, passphrase });
  const created = await new Api(server.address).create(envelope, ReceiptToken.create());
  assert.ok(created.kind === "created");
  const id: ShareId = created.id;
  const texts = new Texts();
  const { port1, port2 } = new MessageChannel();
  serveEnvelope(port1);
  const away = new EnvelopeAway(port2);
  try {
    await act({
      texts,
      taking: (fetch, kept = texts) =>
        new Taking(new Api(server.address, fetch), away, new KeptClaims(kept), id, linkKey),
      content: async (taking, span) => {
        const manifest = { files: [{ name: "a", type: "", size: 150_000 }], text: false };
        const reading = { signal: new AbortController().signal, onWaiting: () => undefined };
        const pieces = [];
        for await (const piece of new Content(taking, away, manifest).read(span, reading)) {
          pieces.push(piece);
        }
        return concat(...pieces);
      },
    });
  } finally {
    port2.close();
  }
}

/** Carries everything out, and loses the first answer of this act. */
function losing(act: string): Fetch {
  let lost = false;
  return async (input, init) => {
    const response = await fetch(input, init);
    if (!lost && input.endsWith(act)) {
      lost = true;
      await response.body?.cancel();
      throw new TypeError("The connection broke.");
    }
    return response;
  };
}
