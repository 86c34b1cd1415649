import { format, texts } from "../text.ts";
import { find, setText } from "./dom.ts";
import { Pace } from "./pace.ts";
import { say } from "./say.ts";

/**
 * Shows how far something is, in an element that has a <progress> and an element with the class progress-words. What it
 * says aloud are quarters: every step would be noise.
 */
export class Progress {
  readonly #bar: HTMLProgressElement;
  readonly #words: HTMLElement;
  readonly #total: number;
  readonly #pace: Pace;
  #quarters = 0;

  constructor(root: ParentNode, total: number) {
    this.#bar = find(root, "progress", HTMLProgressElement);
    this.#words = find(root, ".progress-words", HTMLElement);
    this.#total = Math.max(1, total);
    this.#pace = new Pace(total);
    this.#bar.max = this.#total;
    this.show(0);
  }

  /** So many bytes are done. */
  show(done: number): void {
    this.#pace.reached(done);
    this.#bar.value = done;
    const part = Math.min(1, done / this.#total);
    const [speed, left] = [this.#pace.speed, this.#pace.timeLeft];
    const words = [format.percent(part)];
    if (part < 1 && speed !== null && left !== null) {
      words.push(format.speed(speed), texts.common.timeLeft(format.timeLeft(left)));
    }
    setText(this.#words, words.join(" · "));
    const quarters = Math.floor(part * 4);
    if (quarters > this.#quarters && quarters < 4) {
      say(texts.common.percentDone(format.percent(quarters / 4)));
    }
    this.#quarters = Math.max(this.#quarters, quarters);
  }
}
