import { problems } from "./en/problems.ts";
import { receive } from "./en/receive.ts";

/** Every text of the pages in English; what another language lacks does not compile. */
export const en = {
  language: "en",
  direction: "ltr" as "ltr" | "rtl",
  common: {
    footer: "OneTimeShare hands a secret to one reader, once, and then deletes it.",
    timeLeft: (time: string) => `about ${time} left`,
    percentDone: (percent: string) => `${percent} done`,
  },
  share: {},
  receive,
  receipt: {},
  problems,
};

/** What a language has to say, by page; with words for the problems that the server names. */
export type Texts = typeof en;
