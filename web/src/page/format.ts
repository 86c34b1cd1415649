/** Sizes, times and numbers as the visitor's language writes them. */
export class Format {
  readonly #language: string;

  constructor(language: string) {
    this.#language = language;
  }

  /** MB is 10^6 bytes. */
  size(bytes: number): string {
    const unit = sizeUnits.find(({ from }) => bytes >= from) ?? smallest;
    return this.#number(bytes / unit.from, unit.name, unit === smallest ? "long" : "short", 2);
  }

  /** So much a second. */
  speed(bytesPerSecond: number): string {
    const unit = sizeUnits.find(({ from }) => bytesPerSecond >= from) ?? smallest;
    return this.#number(bytesPerSecond / unit.from, `${unit.name}-per-second`, "short", 1);
  }

  /** In the largest unit that leaves nothing over: 90 minutes, 2 hours. */
  lifetime(seconds: number): string {
    const unit = timeUnits.find(({ seconds: of }) => seconds % of === 0) ?? second;
    return this.#number(seconds / unit.seconds, unit.name, "long", 0);
  }

  /** About how long, as a person would say it: never 0, and never finer than it is worth. */
  timeLeft(seconds: number): string {
    const unit = timeUnits.find(({ seconds: of }) => seconds >= 2 * of) ?? second;
    return this.#number(Math.max(1, Math.round(seconds / unit.seconds)), unit.name, "long", 0);
  }

  moment(time: Date): string {
    return new Intl.DateTimeFormat(this.#language, { dateStyle: "long", timeStyle: "short" }).format(time);
  }

  percent(part: number): string {
    return new Intl.NumberFormat(this.#language, { style: "percent" }).format(part);
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.#language).format(value);
  }

  list(items: readonly string[]): string {
    return new Intl.ListFormat(this.#language, { type: "conjunction" }).format(items);
  }

  #number(value: number, unit: string, unitDisplay: "long" | "short", digits: number): string {
    const options = { style: "unit", unit, unitDisplay, maximumFractionDigits: digits } as const;
    return new Intl.NumberFormat(this.#language, options).format(value);
  }
}

const smallest = { from: 1, name: "byte" };
const sizeUnits = [
  { from: 1e9, name: "gigabyte" },
  { from: 1e6, name: "megabyte" },
  { from: 1e3, name: "kilobyte" },
] as const;

const second = { seconds: 1, name: "second" };
const timeUnits = [
  { seconds: 86_400, name: "day" },
  { seconds: 3_600, name: "hour" },
  { seconds: 60, name: "minute" },
] as const;
