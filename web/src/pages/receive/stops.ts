import { texts } from "../../text.ts";
import type { Stop } from "./outcomes.ts";

/** What is said of a stop. */
export interface StopWords {
  readonly title: string;
  readonly what: string;
  readonly now: string;
  readonly at: Date | null;
  /** Seconds before which the same again is no use; 0 where nobody has said so. */
  readonly wait: number;
  /** Whether the same again may go better. */
  readonly retry: boolean;
  /** Whether another link may go better. */
  readonly otherLink: boolean;
}

/** What has happened, and what to do now. */
export function wordsOf(stop: Stop): StopWords {
  const words = texts.problems;
  const final = { at: null, wait: 0, retry: false, otherLink: false };
  const passing = { at: null, wait: 0, retry: true, otherLink: false };
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
      return { ...passing, ...words.rateLimited, wait: stop.retryAfter };
    case "unavailable":
      return { ...passing, ...words.unavailable, wait: stop.retryAfter };
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
