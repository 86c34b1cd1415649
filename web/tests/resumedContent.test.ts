import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContentOutcome } from "../src/api/answers.ts";
import type { Bytes } from "../src/envelope/bytes.ts";
import { ResumedContent } from "../src/worker/resumedContent.ts";
import { Patience } from "../src/api/patience.ts";
import { joined } from "./reading.ts";
import { someBytes } from "./sealing.ts";

const records = someBytes(100_000);

test("Records are fetched piece by piece, each with the tag of the first", async () => {
  const script = new Script([]);
  assert.deepEqual(await script.read(), records);
  assert.deepEqual(script.asked, [
    { from: 0, to: 40_000, etag: undefined },
    { from: 40_000, to: 80_000, etag: '"a"' },
    { from: 80_000, to: 100_000, etag: '"a"' },
  ]);
  assert.deepEqual(script.waits, []);
});

test("A part of the records is fetched alone", async () => {
  const script = new Script([]);
  assert.deepEqual(await script.read({ from: 30_001, to: 50_001 }), records.slice(30_001, 50_001));
  assert.deepEqual(script.asked, [{ from: 30_001, to: 50_001, etag: undefined }]);
});

test("What breaks in the middle goes on at the byte where it broke, after waits that double", async () => {
  const broken = (after: number) => (part: Asked) => content(part, breaking(part.from, after));
  const script = new Script([broken(10_000), none, none, broken(0), broken(5)]);
  assert.deepEqual(await script.read(), records);
  assert.deepEqual(script.waits, [1, 2, 4, 8, 1]);
  assert.deepEqual(script.asked.slice(0, 6).map(({ from }) => from), [0, 10_000, 10_000, 10_000, 10_000, 10_005]);
});

test("No wait is longer than half a minute, and the server's own are kept", async () => {
  const busy = (): ContentOutcome => ({ kind: "unavailable", retryAfter: 7 });
  const limited = (): ContentOutcome => ({ kind: "rate-limited", retryAfter: 60 });
  const script = new Script([busy, limited, none, none, none, none, none, none]);
  assert.deepEqual(await script.read(), records);
  assert.deepEqual(script.waits, [7, 60, 4, 8, 16, 30, 30, 30]);
});

test("A stream that ends too early is a broken one", async () => {
  const script = new Script([(part) => content(part, [records.slice(part.from, part.from + 7)])]);
  assert.deepEqual(await script.read(), records);
  assert.deepEqual(script.waits, [1]);
});

test("A server that sends everything each time is read from where it goes on", async () => {
  const all = (): ContentOutcome => content({ from: 0 }, [records.slice()]);
  const script = new Script([all, all, all]);
  assert.deepEqual(await script.read(), records);
});

test("More than was asked for is not taken", async () => {
  const script = new Script([(part) => content(part, [records.slice(part.from)])]);
  assert.deepEqual(await script.read({ from: 0, to: 10 }), records.slice(0, 10));
});

test("Other records than those that it began with end it", async () => {
  const script = new Script([
    (part) => content(part, breaking(part.from, 10)),
    (part) => ({ ...content(part, [records.slice()]), etag: '"b"' }),
  ]);
  await assert.rejects(() => script.read());
  assert.equal(script.content.ending?.kind, "unexpected");
});

test("What the server says for good ends it, and is told", async () => {
  for (const ending of [
    { kind: "gone", state: "burned", at: new Date(0) },
    { kind: "lost" },
    { kind: "not-found" },
  ] as const) {
    const script = new Script([none, () => ending]);
    await assert.rejects(() => script.read());
    assert.deepEqual(script.content.ending, ending);
  }
});

test("A server that has less than it said is not understood", async () => {
  const script = new Script([() => ({ kind: "range-not-satisfiable" })]);
  await assert.rejects(() => script.read());
  assert.deepEqual(script.content.ending, { kind: "unexpected", status: 416 });
});

test("Answers of something else in between are borne for a while", async () => {
  const portal = (): ContentOutcome => ({ kind: "unexpected", status: 511 });
  const passing = new Script(Array.from({ length: 9 }, () => portal));
  assert.deepEqual(await passing.read(), records);
  const staying = new Script(Array.from({ length: 10 }, () => portal));
  await assert.rejects(() => staying.read());
  assert.deepEqual(staying.content.ending, { kind: "unexpected", status: 511 });
});

test("An abort ends it with no ending of the server's", async () => {
  const script = new Script([
    () => {
      script.abort.abort();
      return { kind: "no-answer" };
    },
  ]);
  await assert.rejects(() => script.read(), { name: "AbortError" });
  assert.equal(script.content.ending, null);
});

interface Asked {
  readonly from: number;
  readonly to: number;
  readonly etag?: string | undefined;
}

type Act = (part: Asked) => ContentOutcome;

const none: Act = () => ({ kind: "no-answer" });

function content(
  { from }: Pick<Asked, "from">,
  pieces: Iterable<Bytes>,
): Extract<ContentOutcome, { readonly kind: "content" }> {
  const iterator = pieces[Symbol.iterator]();
  const body = new ReadableStream<Bytes>({
    pull(controller) {
      const next = iterator.next();
      if (next.done === true) {
        controller.close();
      } else {
        controller.enqueue(next.value);
      }
    },
  });
  return { kind: "content", body, from, size: records.length, etag: '"a"' };
}

function* breaking(from: number, after: number): Generator<Bytes> {
  if (after > 0) {
    yield records.slice(from, from + after);
  }
  throw new TypeError("network error");
}

/** A server that does these acts first, and then what it should. */
class Script {
  readonly asked: Asked[] = [];
  readonly waits: number[] = [];
  readonly abort = new AbortController();
  readonly content: ResumedContent;

  constructor(acts: readonly Act[]) {
    this.content = new ResumedContent({
      fetch: ({ from = 0, to = records.length, etag }) => {
        const act = acts[this.asked.length] ?? ((part) => content(part, [records.slice(part.from, part.to)]));
        this.asked.push({ from, to, etag });
        return Promise.resolve(act({ from, to }));
      },
      size: records.length,
      patience: new Patience(
        this.abort.signal,
        (_, seconds) => this.waits.push(seconds),
        () => Promise.resolve(),
      ),
      signal: this.abort.signal,
      pieceLength: 40_000,
    });
  }

  read(span = { from: 0, to: records.length }): Promise<Bytes> {
    return joined(this.content.read(span));
  }
}
