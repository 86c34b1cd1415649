import type { Texts } from "../en.ts";

/** Was die Quittung sagt. */
export const receipt: Texts["receipt"] = {
  heading: "Was ist",
  headingOnce: "geschehen?",
  lead: "Für dich als Absender: sieh, ob das Geheimnis abgeholt wurde, erlaube weitere Versuche, oder vernichte es.",
  waiting: "Der Server wird gefragt",
  following: "Diese Seite sieht von selbst wieder nach.",
  noAnswer: "Der Server antwortet gerade nicht. Diese Seite fragt weiter.",
  notDone: "Es kam keine klare Antwort, vielleicht ist es nicht geschehen. Sieh unten nach, was gilt.",
  share: "Kennung",
  createdAt: "Geteilt",
  claimedAt: "Abgeholt",
  endedAt: "Beendet",
  expiresAt: "Läuft ab",
  expiredAt: "Abgelaufen",
  failedAttempts: "Falsche Passphrasen",
  allow: "Weitere Versuche erlauben",
  allowed: "Die falschen Passphrasen sind vergessen.",
  burn: "Vernichten",
  burnQuestion: "Vernichten lässt sich nicht rückgängig machen",
  burnMeaning: "Das Geheimnis wird sofort gelöscht, und niemand kann es mehr lesen, auch du nicht.",
  burnNow: "Jetzt vernichten",
  burned: "Vernichtet.",
  keep: "Behalten",
  states: {
    pending: {
      title: "Wartet darauf, gelesen zu werden",
      meaning: "Noch hat es niemand abgeholt. Es kann noch ein einziges Mal gelesen oder von dir vernichtet werden.",
    },
    locked: {
      title: "Gesperrt: zu viele falsche Passphrasen",
      meaning:
        "Niemand hat es gelesen, und niemand kann es, bis du weitere Versuche erlaubst. Frag nach, wer es " +
        "versucht hat: War es jemand anderes, dann vernichte es und teile es neu, mit anderer Passphrase.",
    },
    claimed: {
      title: "Abgeholt und unterwegs",
      meaning:
        "Eine Person hat es abgeholt, und nur sie kann es für kurze Zeit erneut laden, falls die Übertragung " +
        "abbricht. War es die falsche Person, dann gilt das Geheimnis als bekannt: ändere es.",
    },
    delivered: {
      title: "Zugestellt",
      meaning:
        "Eine Person hat alles erhalten, und der Server hat es gelöscht. War es die falsche Person, dann gilt das " +
        "Geheimnis als bekannt: ändere es.",
    },
    unconfirmed: {
      title: "Abgeholt, nicht bestätigt",
      meaning:
        "Eine Person hat es abgeholt, und der Server hat es gelöscht. Niemand hat bestätigt, dass alles " +
        "ankam; das tun curl und Browser ohne Skript nie. Frag nach, und teile es noch einmal, falls etwas fehlt.",
    },
    expired: {
      title: "Ungelesen abgelaufen",
      meaning: "Die Zeit war um, bevor es jemand abholte. Der Server hat es gelöscht.",
    },
    burned: { title: "Vernichtet", meaning: "Es wurde vernichtet, und der Server hat es gelöscht." },
  },
  problems: {
    brokenLink: {
      title: "Das ist kein vollständiger Quittungslink",
      detail: "Der Teil nach # fehlt oder ist beschädigt. Kopiere den Link noch einmal, bis zum Ende.",
    },
    notFound: {
      title: "Diese Quittung gibt es nicht",
      detail:
        "Der Link ist falsch, oder der Server hat die Quittung einige Tage nach dem Ende vergessen. " +
        "Prüfe, ob der Link vollständig ist.",
    },
    unexpected: {
      title: "Der Server gab eine Antwort, die diese Seite nicht versteht",
      detail: "Lade die Seite neu. Bleibt es so, dann sag es dem Betreiber des Servers.",
    },
  },
};
