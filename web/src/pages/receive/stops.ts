import type { Format } from "../../page/format.ts";
import { texts } from "../../text.ts";
import type { Stop } from "./outcomes.ts";

/** What is said of a stop. */
export interface StopWords {
  readonly title: string;
  readonly what: string;
  readonly now: string;
  readonly at: Date | null;
  /** Whether the same again may go better. */
  readonly retry: boolean;
  /** Whether another link may go better. */
  readonly otherLink: boolean;
}

/** What has happened, and what to do now. */
export function wordsOf(stop: Stop, format: Format): StopWords {
  const words = texts.problems;
  const final = { at: null, retry: false, otherLink: false };
  const passing = { at: null, retry: true, otherLink: false };
  switch (stop.kind) {
    case "gone":
      return { ...final, ...words[stop.state], at: stop.at };
    case "lost":
      return { ...final, ...words.lost };
    case "locked":
      return { ...passing, ...words.locked };
    case "not-found":
      return { ...final, ...words.notFound, otherLink: true };
    case "rate-limited":
      return { ...passing, ...words.rateLimited, what: words.rateLimited.what(format.timeLeft(stop.retryAfter)) };
    case "unavailable":
      return { ...passing, ...words.unavailable, what: words.unavailable.what(format.timeLeft(stop.retryAfter)) };
    case "no-answer":
      return { ...passing, ...words.noAnswer };
    case "unexpected":
      return { ...passing, ...words.unexpected };
    case "failed":
      return { ...passing, ...words.failed };
    case "wrong-passphrase": // of a share without one: its header is not the one that it was sealed with
      return { ...final, ...words.damaged };
    case "damaged":
      return stop.failure === "unknown-suite" || stop.failure === "unknown-kdf"
        ? { ...final, ...words.unknownVersion }
        : { ...final, ...words.damaged };
  }
}
