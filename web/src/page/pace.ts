/** How fast something has been going lately, and so how long it still takes. */
export class Pace {
  readonly #total: number;
  readonly #now: () => number;
  #marks: readonly { readonly at: number; readonly done: number }[];

  /** Of so many bytes; the clock counts milliseconds. */
  constructor(total: number, now: () => number = () => performance.now()) {
    this.#total = total;
    this.#now = now;
    this.#marks = [{ at: now(), done: 0 }];
  }

  /** So much is done by now. Less than before is true as well: something had to be sent again. */
  reached(done: number): void {
    const at = this.#now();
    const recent = this.#marks.filter((mark) => mark.at > at - remembered);
    const last = this.#marks.at(-1);
    const kept = recent.length === 0 && last !== undefined ? [last] : recent;
    // The newest takes the place of one that came shortly before: however often it is told, few marks are kept.
    const [before, newest] = [kept.at(-2), kept.at(-1)];
    const crowded = before !== undefined && newest !== undefined && newest.at - before.at < spacing;
    this.#marks = [...(crowded ? kept.slice(0, -1) : kept), { at, done }];
  }

  /** Bytes a second; null as long as that would be a guess. */
  get speed(): number | null {
    const [first, last] = [this.#marks.at(0), this.#marks.at(-1)];
    if (first === undefined || last === undefined || last.at - first.at < 500 || last.done <= first.done) {
      return null;
    }
    return ((last.done - first.done) * 1000) / (last.at - first.at);
  }

  /** Seconds; null as long as that would be a guess. */
  get timeLeft(): number | null {
    const speed = this.speed;
    return speed === null ? null : Math.max(0, this.#total - (this.#marks.at(-1)?.done ?? 0)) / speed;
  }
}

/** Milliseconds: long enough to be calm, short enough to be true. */
const remembered = 15_000;
const spacing = 250;
