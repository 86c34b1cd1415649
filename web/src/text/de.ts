import { problems } from "./de/problems.ts";
import { receive } from "./de/receive.ts";
import type { Texts } from "./en.ts";

/** Alles, was die Seiten sagen, auf Deutsch. */
export const de: Texts = {
  language: "de",
  direction: "ltr",
  common: {
    footer: "OneTimeShare gibt ein Geheimnis einmal an eine Person weiter und löscht es dann.",
    timeLeft: (time) => `noch etwa ${time}`,
    percentDone: (percent) => `${percent} erledigt`,
  },
  share: {},
  receive,
  receipt: {},
  problems,
};
