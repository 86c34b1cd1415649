import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Api } from "../src/api.ts";
import type { Fetch } from "../src/api/exchange.ts";
import { ReceiptToken } from "../src/api/receiptToken.ts";
import type { Bytes } from "../src/envelope/bytes.ts";
import { EnvelopeHeader } from "../src/envelope/envelopeHeader.ts";
import { KeySchedule } from "../src/envelope/keySchedule.ts";
import { LinkKey } from "../src/envelope/linkKey.ts";
import type { ShareId } from "../src/envelope/shareId.ts";
import { Patience, type Passing } from "../src/api/patience.ts";
import { uploadEnvelope, type UploadOutcome } from "../src/sharing/uploadEnvelope.ts";
import { seal, someBytes } from "./sealing.ts";
import { Server } from "./server.ts";

let server: Server;
const linkKey = LinkKey.create();
let envelope: Bytes;

before(async () => {
  server = await Server.start();
  const files = [{ name: "a", pieces: [someBytes(500_000)] }];
  envelope = await seal(files, { linkKey, header: EnvelopeHeader.create("none") });
});

after(() => server.stop());

test("What fits goes in one request", async () => {
  const upload = new Upload();
  const outcome = await upload.send({ pieceLength: 1_000_000 });
  await assertPublished(outcome);
  assert.deepEqual(upload.methods, ["POST"]);
  assert.deepEqual(upload.arrived, [envelope.length]);
});

test("What does not goes in pieces, one after another", async () => {
  const upload = new Upload();
  await assertPublished(await upload.send());
  assert.deepEqual(upload.methods, ["POST", ...Array<string>(6).fill("PATCH"), "GET"]);
  assert.deepEqual(upload.arrived, [100_000, 200_000, 300_000, 400_000, 500_000, envelope.length]);
});

test("Only the piece on its way and the next one are sealed", async () => {
  let sealed = 0;
  const ahead: number[] = [];
  const upload = new Upload({
    fetch: (input, init) => {
      if (init.method === "PATCH") {
        ahead.push(sealed - Number(new Headers(init.headers).get("Upload-Offset")));
      }
      return fetch(input, init);
    },
    onTaken: (bytes) => (sealed += bytes),
  });
  await assertPublished(await upload.send());
  // Two pieces, and what was taken of a source that hands out 10,000 bytes at a time.
  assert.ok(ahead.every((bytes) => bytes <= 210_000), ahead.join());
});

test("A connection that breaks goes on where the server is", async () => {
  const upload = new Upload({
    // The third piece arrives by half, the fourth whole with its answer lost, the fifth not at all.
    fetch: breaking({
      3: async (input, init) => fetch(input, { ...init, body: (init.body as Blob).slice(0, 40_000) }),
      5: async (input, init) => fetch(input, init),
      6: async () => Promise.resolve(),
    }),
  });
  await assertPublished(await upload.send());
  assert.deepEqual(upload.waited, ["no-answer", "no-answer", "no-answer"]);
  assert.equal(upload.methods.filter((method) => method === "HEAD").length, 3);
});

test("The last answer may be lost too", async () => {
  const upload = new Upload({ fetch: breaking({ 6: async (input, init) => fetch(input, init) }) });
  await assertPublished(await upload.send());
});

test("A server that is busy, or has had enough for now, is asked again when it says so", async () => {
  const answers = [
    new Response(null, { status: 503, headers: { "Retry-After": "7" } }),
    new Response(null, { status: 429, headers: { "Retry-After": "3" } }),
  ];
  const upload = new Upload({ fetch: (input, init) => Promise.resolve(answers.shift() ?? fetch(input, init)) });
  await assertPublished(await upload.send());
  assert.deepEqual(upload.waited, ["unavailable", "rate-limited"]);
  assert.deepEqual(upload.pauses, [7, 3]);
});

test("Without an answer it waits ever longer, to half a minute", async () => {
  let tries = 0;
  const upload = new Upload({
    fetch: (input, init) => (++tries <= 7 ? Promise.reject(new TypeError("No network.")) : fetch(input, init)),
  });
  await assertPublished(await upload.send());
  assert.deepEqual(upload.pauses, [1, 2, 4, 8, 16, 30, 30]);
});

test("Where one request gets no answer, the same envelope is not sent again", async () => {
  for (const fetch of [
    (): Promise<Response> => Promise.reject(new TypeError("The connection broke.")),
    (): Promise<Response> => Promise.resolve(new Response(null, { status: 504 })),
  ]) {
    const upload = new Upload({ fetch });
    assert.deepEqual(await upload.send({ pieceLength: 1_000_000 }), { kind: "answer-lost" });
    assert.deepEqual([upload.methods.length, upload.pauses.length], [1, 1]);
  }
});

test("Where one request comes too soon, the same is sent again", async () => {
  const answers = [new Response(null, { status: 429, headers: { "Retry-After": "3" } })];
  const upload = new Upload({ fetch: (input, init) => Promise.resolve(answers.shift() ?? fetch(input, init)) });
  await assertPublished(await upload.send({ pieceLength: 1_000_000 }));
  assert.deepEqual(upload.pauses, [3]);
});

test("Cancelling ends the upload on the server", async () => {
  const upload = new Upload({
    fetch: (input, init) => {
      if (new Headers(init.headers).get("Upload-Offset") === "300000") {
        upload.cancel();
      }
      return fetch(input, init);
    },
  });
  await assert.rejects(upload.send(), { name: "AbortError" });
  await upload.assertGone();
});

test("Cancelling ends it while it waits as well", async () => {
  const upload = new Upload({ fetch: breaking({ 2: async () => Promise.resolve() }), cancelWhileWaiting: true });
  await assert.rejects(upload.send(), { name: "AbortError" });
  await upload.assertGone();
});

test("A file that cannot be read any more ends it too", async () => {
  for (const pieceLength of [100_000, 1_000_000]) {
    const upload = new Upload({ breaksAt: 250_000 });
    assert.deepEqual(await upload.send({ pieceLength }), { kind: "unreadable" });
    await upload.assertGone();
  }
});

test("A refusal is told and leaves nothing", async () => {
  assert.deepEqual(await new Upload().send({ ttl: 1 }), { kind: "lifetime" });
  const damaged = new Upload({ damage: 4 });
  assert.deepEqual(await damaged.send(), { kind: "malformed-envelope" });
  await damaged.assertGone();
});

test("An upload that the server has forgotten is not tried for ever", async () => {
  const upload = new Upload({
    fetch: async (input, init) => {
      if (new Headers(init.headers).get("Upload-Offset") === "200000") {
        await fetch(input, { method: "DELETE", headers: init.headers ?? {} });
      }
      return fetch(input, init);
    },
  });
  assert.deepEqual(await upload.send(), { kind: "forgotten" });
});

interface Circumstances {
  readonly fetch?: Fetch;
  readonly onTaken?: (bytes: number) => void;
  readonly breaksAt?: number;
  readonly damage?: number;
  readonly cancelWhileWaiting?: boolean;
}

/** One upload, and what is seen of it. */
class Upload {
  readonly methods: string[] = [];
  readonly arrived: number[] = [];
  readonly waited: string[] = [];
  readonly pauses: number[] = [];
  readonly #circumstances: Circumstances;
  readonly #cancelling = new AbortController();
  readonly #receiptToken = ReceiptToken.create();
  #id: ShareId | null = null;

  constructor(circumstances: Circumstances = {}) {
    this.#circumstances = circumstances;
  }

  cancel(): void {
    this.#cancelling.abort();
  }

  send({ pieceLength = 100_000, ttl = 600 } = {}): Promise<UploadOutcome> {
    const { fetch: through = fetch } = this.#circumstances;
    const api = new Api(server.address, (input, init) => {
      this.methods.push(init.method ?? "");
      return through(input, init);
    });
    const { signal } = this.#cancelling;
    const onWaiting = (why: Passing): void => void this.waited.push(why.kind);
    const patience = new Patience(signal, onWaiting, (seconds) => {
      this.pauses.push(seconds);
      if (this.#circumstances.cancelWhileWaiting === true) {
        this.cancel();
      }
      return Promise.resolve();
    });
    return uploadEnvelope(
      { length: envelope.length, envelope: this.#envelope() },
      {
        api,
        receiptToken: this.#receiptToken,
        ttl,
        createToken: undefined,
        signal,
        patience,
        onArrived: (bytes) => this.arrived.push(bytes),
        onBegun: (id) => (this.#id = id),
        pieceLength,
      },
    );
  }

  /** Nothing of it is left on the server. */
  async assertGone(): Promise<void> {
    if (this.#id !== null) {
      const api = new Api(server.address);
      assert.deepEqual(await api.uploads.offset(this.#id, this.#receiptToken), { kind: "not-found" });
      assert.deepEqual(await api.receipt(this.#id, this.#receiptToken), { kind: "not-found" });
    }
  }

  async *#envelope(): AsyncGenerator<Bytes, void, undefined> {
    const { onTaken, breaksAt = Infinity, damage } = this.#circumstances;
    const sent = envelope.slice();
    if (damage !== undefined) {
      sent[damage] = 0xff;
    }
    for (let at = 0; at < sent.length; at += 10_000) {
      if (at >= breaksAt) {
        throw new Error("The file has changed.");
      }
      const bytes = await Promise.resolve(sent.slice(at, at + 10_000));
      onTaken?.(bytes.length);
      yield bytes;
    }
  }
}

/** Of the pieces, those with these numbers meet with something, and then with no answer. */
function breaking(faults: Readonly<Record<number, (...asked: Parameters<Fetch>) => Promise<unknown>>>): Fetch {
  let pieces = 0;
  return async (input, init) => {
    const fault = init.method === "PATCH" ? faults[++pieces] : undefined;
    if (fault === undefined) {
      return fetch(input, init);
    }
    await fault(input, init);
    throw new TypeError("The connection broke.");
  };
}

async function assertPublished(outcome: UploadOutcome): Promise<void> {
  assert.ok(outcome.kind === "published", outcome.kind);
  assert.ok(outcome.expiresAt.getTime() > Date.now());
  const preview = await new Api(server.address).preview(outcome.id, await KeySchedule.linkProof(linkKey));
  assert.ok(preview.kind === "pending");
}
