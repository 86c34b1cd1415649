import assert from "node:assert/strict";
import test from "node:test";
import { Format } from "../src/page/format.ts";
import { Pace } from "../src/page/pace.ts";

test("Sizes and times are written as the language writes them", () => {
  const [english, german] = [new Format("en"), new Format("de")];
  assert.equal(english.size(0), "0 bytes");
  assert.equal(english.size(1), "1 byte");
  assert.equal(english.size(999), "999 bytes");
  assert.equal(english.size(20_000_000), "20 MB");
  assert.equal(german.size(1_234_567), "1,23 MB");
  assert.equal(english.speed(1_540_000), "1.5 MB/s");
  assert.equal(english.lifetime(5_400), "90 minutes");
  assert.equal(german.lifetime(7 * 86_400), "7 Tage");
  assert.equal(english.timeLeft(0.2), "1 second");
  assert.equal(english.timeLeft(119), "119 seconds");
  assert.equal(english.timeLeft(150), "3 minutes");
});

test("How long something takes is said once it is more than a guess", () => {
  let now = 0;
  const pace = new Pace(10_000, () => now);
  assert.equal(pace.timeLeft, null);
  now = 100;
  pace.reached(500);
  assert.equal(pace.speed, null);
  now = 1_000;
  pace.reached(2_000);
  assert.deepEqual([pace.speed, pace.timeLeft], [2_000, 4]);
});

test("How fast something goes follows what it did lately", () => {
  let now = 0;
  const pace = new Pace(1_000_000, () => now);
  for (now = 1_000; now <= 10_000; now += 1_000) {
    pace.reached(now * 10);
  }
  for (; now <= 60_000; now += 1_000) {
    pace.reached(100_000 + (now - 10_000));
  }
  assert.equal(pace.speed, 1_000);
});

test("However often it is told how far something is, that costs little and is as true", () => {
  let now = 0;
  const pace = new Pace(10_000_000, () => now);
  // Half a million marks, of which each would be looked at with every new one.
  for (let mark = 1; mark <= 500_000; mark++) {
    now = mark / 50;
    pace.reached(mark);
  }
  assert.equal(pace.speed, 50_000);
  assert.equal(pace.timeLeft, 190);
});

test("What stands still, or has to be done again, has no speed", () => {
  let now = 0;
  const pace = new Pace(1_000, () => now);
  now = 1_000;
  pace.reached(500);
  now = 2_000;
  pace.reached(0);
  assert.deepEqual([pace.speed, pace.timeLeft], [null, null]);
});
