import type { Texts } from "../en.ts";

/** Was geschehen ist, wo es nicht weitergeht, und was jetzt zu tun ist. */
export const problems: Texts["problems"] = {
  retry: "Noch einmal versuchen",
  otherLink: "Anderen Link eingeben",
  when: "Wann",
  claimed: {
    title: "Jemand war schneller",
    what: "Dieses Geheimnis bekommt eine Person, und jemand anderes hat es abgeholt oder holt es gerade ab.",
    now: "Waren Sie das nicht selbst auf einem anderen Gerät, sagen Sie es sofort dem Absender: Es sollte geändert werden.",
  },
  delivered: {
    title: "Es ist abgeliefert",
    what: "Die eine Person hat es und hat das gesagt, und der Server hat es gelöscht.",
    now: "Waren Sie das nicht, sagen Sie es sofort dem Absender: Was darin stand, sollte geändert werden.",
  },
  unconfirmed: {
    title: "Es wurde abgeholt",
    what: "Jemand hat es abgeholt und nie gesagt, ob alles angekommen ist. Der Server hat es gelöscht.",
    now: "Fehlt Ihnen etwas, bitten Sie um einen neuen Link. Waren Sie das nicht, sagen Sie es sofort dem Absender.",
  },
  expired: {
    title: "Zu spät",
    what: "Niemand hat es rechtzeitig abgeholt, und der Server hat es gelöscht.",
    now: "Bitten Sie den Absender um einen neuen Link.",
  },
  burned: {
    title: "Der Absender hat es gelöscht",
    what: "Wer es geschickt hat, hat es zurückgenommen. Niemand kann es noch bekommen.",
    now: "Fragen Sie den Absender, was zu tun ist.",
  },
  locked: {
    title: "Es ist gesperrt",
    what: "Zu viele falsche Passphrasen wurden versucht. Nichts ist verloren, und nichts wurde abgeholt.",
    now:
      "Bitten Sie den Absender, auf der Beleg-Seite mehr Versuche zu erlauben, und um die richtige Passphrase. " +
      "Versuchen Sie es dann noch einmal.",
  },
  lost: {
    title: "Der Server hat es verloren",
    what: "Sie haben es abgeholt, aber der Server hat den Inhalt nicht mehr. Das ist ein Fehler des Servers.",
    now: "Bitten Sie den Absender um einen neuen Link, und sagen Sie es dem Betreiber des Servers.",
  },
  notFound: {
    title: "Hier ist nichts",
    what: "Es gibt dieses Geheimnis nicht, oder schon lange nicht mehr, oder der Schlüssel im Link ist ein anderer.",
    now: "Vergleichen Sie den Link mit dem, den Sie bekommen haben, bis zum letzten Zeichen. Abgeholt wurde nichts.",
  },
  rateLimited: {
    title: "Zu oft gefragt",
    what: (time) => `Ihr Netz hat diesen Server sehr oft gefragt. Abgeholt wurde nichts. Warten Sie ${time}.`,
    now: "Versuchen Sie es dann noch einmal. Der Link bleibt, wie er ist.",
  },
  unavailable: {
    title: "Der Server ist beschäftigt",
    what: (time) => `Er antwortet gerade nicht richtig. Nichts ist verloren. Warten Sie ${time}.`,
    now: "Versuchen Sie es dann noch einmal. Der Link bleibt, wie er ist.",
  },
  noAnswer: {
    title: "Keine Verbindung",
    what: "Der Server ist von hier nicht zu erreichen. Nichts ist verloren.",
    now: "Sehen Sie nach, ob Sie online sind, und versuchen Sie es dann noch einmal. Was Sie abgeholt haben, bleibt Ihres.",
  },
  unexpected: {
    title: "Das war nicht der richtige Server",
    what: "Etwas hat geantwortet, das diese Seite nicht kennt: eine Anmeldeseite dazwischen, oder eine andere Version.",
    now: "Laden Sie die Seite neu. Hilft das nicht, sagen Sie es dem Betreiber des Servers. Nichts ist verloren.",
  },
  failed: {
    title: "Dieser Browser hat es nicht geschafft",
    what: "Auf dieser Seite ging etwas schief: Vielleicht fehlt Platz im Speicher oder auf der Platte.",
    now: "Schließen Sie, was Sie nicht brauchen, und versuchen Sie es noch einmal. Was Sie abgeholt haben, bleibt Ihres.",
  },
  damaged: {
    title: "Es ist beschädigt",
    what: "Was der Server hat, passt nicht zum Schlüssel in Ihrem Link: Es wurde verändert oder fehlerhaft gemacht.",
    now: "Nichts davon ist verlässlich, deshalb wurde nichts davon herausgegeben. Bitten Sie um einen neuen Link.",
  },
  unknownVersion: {
    title: "Von einer neueren Version",
    what: "Diese Seite kennt das Format dieses Geheimnisses nicht. Abgeholt wurde nichts.",
    now: "Laden Sie die Seite neu. Hilft das nicht, fragen Sie den Absender, womit es gemacht wurde.",
  },
};
