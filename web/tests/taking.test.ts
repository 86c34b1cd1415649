import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Api } from "../src/api.ts";
import { ReceiptToken } from "../src/api/receiptToken.ts";
import type { Fetch } from "../src/api/exchange.ts";
import { utf8, type Bytes } from "../src/envelope/bytes.ts";
import { EnvelopeHeader } from "../src/envelope/envelopeHeader.ts";
import { LinkKey } from "../src/envelope/linkKey.ts";
import { Passphrase } from "../src/envelope/passphrase.ts";
import type { ShareId } from "../src/envelope/shareId.ts";
import { KeptClaims, type KeyedTexts } from "../src/pages/receive/keptClaim.ts";
import type { Claimed } from "../src/pages/receive/outcomes.ts";
import { Taking } from "../src/pages/receive/taking.ts";
import { bytesFrom } from "../src/worker/bytePort.ts";
import { EnvelopeAway } from "../src/worker/envelopeAway.ts";
import type { DeliverAnswer, Wanted } from "../src/worker/messages.ts";
import { serveEnvelope } from "../src/worker/serveEnvelope.ts";
import { joined, valueOf } from "./reading.ts";
import { ZipLayout } from "../src/zip/zipLayout.ts";
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
  withShare("right", async ({ taking }) => {
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
    const { answer, bytes } = await delivered(back, { from: 70_000, to: 150_000 });
    assert.deepEqual(answer, { kind: "delivered" });
    assert.deepEqual(bytes, someBytes(150_000).slice(70_000));
  }));

test("What is acknowledged is deleted, and nothing of it is kept", () =>
  withShare("", async ({ taking, texts }) => {
    const reader = taking();
    await claimBy(reader);
    assert.deepEqual(await reader.acknowledge(), { kind: "ended" });
    assert.equal(texts.length, 0);
    const looked = await taking().look();
    assert.ok(looked.kind === "gone" && looked.state === "delivered");
  }));

test("What is taken back while it is fetched ends as that, and never looks whole", () =>
  withShare("", async ({ taking, burn }) => {
    const reader = taking();
    await claimBy(reader);
    await burn();
    const { answer, bytes } = await delivered(reader, { from: 0, to: 150_000 });
    assert.ok(answer.kind === "gone" && answer.state === "burned");
    assert.equal(bytes, null);
  }));

test("All files come as the zip that was announced", () =>
  withShare("", async ({ taking }) => {
    const reader = taking();
    const claimed = await claimBy(reader);
    const { answer, bytes } = await delivered(reader, "zip");
    assert.deepEqual(answer, { kind: "delivered" });
    assert.equal(bytes?.length, ZipLayout.of(claimed.manifest).length);
    assert.deepEqual(bytes.subarray(0, 4), utf8("PK\u0003\u0004"));
  }));

interface Shared {
  /** Another page of the same browser, by default. */
  readonly taking: (fetch?: Fetch, texts?: KeyedTexts) => Taking;
  /** The sender takes it back. */
  readonly burn: () => Promise<void>;
  readonly texts: Texts;
}

async function withShare(typed: string, act: (shared: Shared) => Promise<void>): Promise<void> {
  const passphrase = valueOf(Passphrase.parse(typed));
  const linkKey = LinkKey.create();
  const header = EnvelopeHeader.create(passphrase === null ? "none" : "argon2id");
  const envelope = await seal([{ name: "a", pieces: [someBytes(150_000)] }], { linkKey, header, passphrase });
  const receiptToken = ReceiptToken.create();
  const created = await new Api(server.address).create(envelope, receiptToken);
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
      burn: async () => {
        assert.deepEqual(await new Api(server.address).burn(id, receiptToken), { kind: "ended" });
      },
    });
  } finally {
    port2.close();
  }
}

/** All that goes before the content, where there is no passphrase. */
async function claimBy(reader: Taking): Promise<Claimed> {
  await reader.look();
  await reader.unlock("");
  const claimed = await reader.claim();
  assert.ok(claimed.kind === "claimed");
  return claimed;
}

/** What comes through the port: null where it breaks off. */
async function delivered(
  taking: Taking,
  wanted: Wanted,
): Promise<{ readonly answer: DeliverAnswer; readonly bytes: Bytes | null }> {
  const { port1, port2 } = new MessageChannel();
  const following = { signal: new AbortController().signal, onReport: (): void => undefined };
  const read = joined(bytesFrom(port1)).catch(() => null);
  return { answer: await taking.deliver(wanted, port2, following), bytes: await read };
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
