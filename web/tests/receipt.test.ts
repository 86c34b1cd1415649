import assert from "node:assert/strict";
import test from "node:test";
import type { Receipt } from "../src/api/answers.ts";
import { Alarm } from "../src/receipt/alarm.ts";
import { NextLook } from "../src/receipt/nextLook.ts";

const pending: Receipt = {
  state: "pending",
  locked: false,
  createdAt: new Date(0),
  expiresAt: new Date(1),
  claimedAt: null,
  endedAt: null,
  failedAttempts: 0,
};

test("While nothing happens, a receipt is looked at ever less often, and at once again when something has", () => {
  const next = new NextLook();
  const waits = Array.from({ length: 12 }, () => next.after({ kind: "receipt", receipt: pending }) ?? 0);
  assert.deepEqual(waits, [...waits].sort((a, b) => a - b));
  assert.deepEqual([waits[0], waits.at(-1)], [3, 30]);
  assert.equal(next.after({ kind: "receipt", receipt: { ...pending, failedAttempts: 1 } }), 3);
});

test("After an end nobody looks any more, nor where there is no receipt", () => {
  for (const state of ["delivered", "unconfirmed", "expired", "burned"] as const) {
    assert.equal(new NextLook().after({ kind: "receipt", receipt: { ...pending, state } }), null);
  }
  assert.equal(new NextLook().after({ kind: "receipt", receipt: { ...pending, state: "claimed" } }), 3);
  assert.equal(new NextLook().after({ kind: "not-found" }), null);
  assert.equal(new NextLook().after({ kind: "unexpected", status: 200 }), null);
});

test("Nobody asks before the time that a busy server has named, and a broken connection is tried again", () => {
  const next = new NextLook();
  assert.equal(next.after({ kind: "unavailable", retryAfter: 5 }), 5);
  assert.equal(next.after({ kind: "rate-limited", retryAfter: 3_600 }), 3_600);
  assert.ok((next.after({ kind: "no-answer" }) ?? 0) > 3);
});

class Page extends EventTarget {
  visibilityState: DocumentVisibilityState = "visible";

  become(state: DocumentVisibilityState): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

/** Whether somebody who began to rest has been woken by now. */
function begin(rest: Promise<void>): () => Promise<boolean> {
  let over = false;
  void rest.then(() => {
    over = true;
  });
  return async () => {
    await new Promise(setImmediate);
    return over;
  };
}

test("An alarm goes off when the time is over", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const over = begin(new Alarm(new Page()).rest(3));
  context.mock.timers.tick(2_999);
  assert.equal(await over(), false);
  context.mock.timers.tick(1);
  assert.equal(await over(), true);
});

test("An alarm waits for somebody to look, and is late then", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const page = new Page();
  page.become("hidden");
  const over = begin(new Alarm(page).rest(3));
  context.mock.timers.tick(60_000);
  page.become("hidden");
  assert.equal(await over(), false);
  page.become("visible");
  assert.equal(await over(), true);
});

test("An alarm that is rung ends the rest, hidden or not, and the next one where nobody rests", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const page = new Page();
  page.become("hidden");
  const alarm = new Alarm(page);
  const first = begin(alarm.rest(3));
  assert.equal(await first(), false);
  alarm.ring();
  assert.equal(await first(), true);

  alarm.ring();
  assert.equal(await begin(alarm.rest(3))(), true);
  assert.equal(await begin(alarm.rest(3))(), false);
});
