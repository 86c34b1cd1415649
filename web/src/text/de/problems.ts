import type { Texts } from "../en.ts";

/** Was geschehen ist, wo es nicht weitergeht, und was jetzt zu tun ist. */
export const problems: Texts["problems"] = {
  retry: "Noch einmal versuchen",
  otherLink: "Anderen Link eingeben",
  when: "Wann",
  wait: (time) => `Warte ${time} und versuche es dann noch einmal.`,
  waiting: (time) => `Diese Seite sieht in ${time} von selbst wieder nach.`,
  claimed: {
    title: "Jemand war schneller",
    what: "Dieses Geheimnis bekommt eine Person, und jemand anderes hat es abgeholt oder holt es gerade ab.",
    now: "Warst du das nicht selbst auf einem anderen Gerät, sag es sofort dem Absender: Es sollte geändert werden.",
  },
  delivered: {
    title: "Es ist abgeliefert",
    what: "Die eine Person hat es und hat das gesagt, und der Server hat es gelöscht.",
    now: "Warst du das nicht, sag es sofort dem Absender: Was darin stand, sollte geändert werden.",
  },
  unconfirmed: {
    title: "Es wurde abgeholt",
    what: "Jemand hat es abgeholt und nie gesagt, ob alles angekommen ist. Der Server hat es gelöscht.",
    now: "Fehlt dir etwas, bitte um einen neuen Link. Warst du das nicht, sag es sofort dem Absender.",
  },
  expired: {
    title: "Zu spät",
    what: "Niemand hat es rechtzeitig abgeholt, und der Server hat es gelöscht.",
    now: "Bitte den Absender um einen neuen Link.",
  },
  burned: {
    title: "Der Absender hat es gelöscht",
    what: "Wer es geschickt hat, hat es zurückgenommen. Niemand kann es noch bekommen.",
    now: "Frag den Absender, was zu tun ist.",
  },
  locked: {
    title: "Es ist gesperrt",
    what: "Zu viele falsche Passphrasen wurden versucht. Nichts ist verloren, und nichts wurde abgeholt.",
    now:
      "Bitte den Absender, auf der Quittungsseite mehr Versuche zu erlauben, und um die richtige Passphrase. " +
      "Versuche es dann noch einmal.",
  },
  lost: {
    title: "Der Server hat es verloren",
    what: "Du hast es abgeholt, aber der Server hat den Inhalt nicht mehr. Das ist ein Fehler des Servers.",
    now: "Bitte den Absender um einen neuen Link, und sag es dem Betreiber des Servers.",
  },
  notFound: {
    title: "Hier ist nichts",
    what: "Es gibt dieses Geheimnis nicht, oder schon lange nicht mehr, oder der Schlüssel im Link ist ein anderer.",
    now: "Vergleiche den Link mit dem, den du bekommen hast, bis zum letzten Zeichen. Abgeholt wurde nichts.",
  },
  rateLimited: {
    title: "Zu oft gefragt",
    what: "Dein Netz hat diesen Server sehr oft gefragt. Abgeholt wurde nichts.",
    now: "Der Link bleibt, wie er ist.",
  },
  unavailable: {
    title: "Der Server ist beschäftigt",
    what: "Er antwortet gerade nicht richtig. Nichts ist verloren.",
    now: "Der Link bleibt, wie er ist.",
  },
  noAnswer: {
    title: "Keine Verbindung",
    what: "Der Server ist von hier nicht zu erreichen. Nichts ist verloren.",
    now: "Sieh nach, ob du online bist, und versuche es dann noch einmal. Was du abgeholt hast, bleibt deins.",
  },
  unexpected: {
    title: "Das war nicht der richtige Server",
    what: "Etwas hat geantwortet, das diese Seite nicht kennt: eine Anmeldeseite dazwischen, oder eine andere Version.",
    now: "Lade die Seite neu. Hilft das nicht, sag es dem Betreiber des Servers. Nichts ist verloren.",
  },
  failed: {
    title: "Dieser Browser hat es nicht geschafft",
    what: "Auf dieser Seite ging etwas schief: Vielleicht fehlt Platz im Speicher oder auf der Platte.",
    now: "Schließe, was du nicht brauchst, und versuche es noch einmal. Was du abgeholt hast, bleibt deins.",
  },
  damaged: {
    title: "Es ist beschädigt",
    what: "Was der Server hat, passt nicht zum Schlüssel in deinem Link: Es wurde verändert oder fehlerhaft gemacht.",
    now: "Nichts davon ist verlässlich, deshalb wurde nichts davon herausgegeben. Bitte um einen neuen Link.",
  },
  unknownVersion: {
    title: "Von einer neueren Version",
    what: "Diese Seite kennt das Format dieses Geheimnisses nicht. Abgeholt wurde nichts.",
    now: "Lade die Seite neu. Hilft das nicht, frag den Absender, womit es gemacht wurde.",
  },
};
