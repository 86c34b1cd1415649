import type { Texts } from "../en.ts";

/** Was die Seite hinter einem Link sagt. */
export const receive: Texts["receive"] = {
  title: "Geheimnis abholen",
  headingStart: "Hol es",
  headingEnd: "einmal.",
  lead: "Jemand hat dir ein Geheimnis geschickt. Eine Person kann es einmal abholen, dann löscht der Server es.",
  mangledTitle: "Der Link wurde unterwegs verändert",
  mangledNote:
    "Ein Mailfilter oder ein anderes Programm hat aus dem # deines Links %23 gemacht, so dass der Schlüssel diesen " +
    "Server erreicht hat. Abgeholt wurde nichts, und dieser Server hat nichts davon notiert. Du kannst weitermachen; " +
    "ist das Geheimnis sehr wichtig, bitte um einen neuen Link auf anderem Weg.",
  ownTitle: "Dieser Link wurde in diesem Browser gemacht",
  ownNote:
    "Wenn du ihn hier aufdeckst, bekommt die Person, für die er ist, nichts mehr. Was daraus geworden ist, zeigt " +
    "der Quittungslink.",

  lookingTitle: "Der Link wird angesehen",
  lookingNote: "Dabei wird nichts abgeholt.",
  unlocking: "Die Passphrase wird geprüft. Das dauert einen Moment.",
  claimingTitle: "Wird abgeholt",
  claimingNote: "Bleib auf dieser Seite.",
  waiting: (time) => `Noch keine Antwort. Nächster Versuch in ${time}.`,

  keyTitle: "Der Schlüssel fehlt",
  keyMissing:
    "Der Teil des Links nach # ist unterwegs verloren gegangen, wie bei Anmeldeseiten und manchen Chats. Er ist der " +
    "Schlüssel, und der Server hat ihn nicht. Abgeholt wurde nichts. Kopiere den Link noch einmal von dort, wo du " +
    "ihn bekommen hast.",
  keyMalformed:
    "Das ist kein Schlüssel. Er hat 43 Zeichen, und keines darf fehlen: Kopiere noch einmal den ganzen Link.",
  keyOtherServer: "Dieser Link führt zu einem anderen Server. Öffne ihn in der Adresszeile.",
  keyLabel: "Der ganze Link oder sein Schlüssel",
  keyAct: "Weiter",

  passphraseTitle: "Es braucht eine Passphrase",
  passphraseNote:
    "Wer es geschickt hat, hat eine gesetzt und muss sie dir sagen: Sie steht nicht im Link. Eine falsche holt " +
    "nichts ab, aber jede falsche zählt, und zu viele sperren das Geheimnis, bis mehr erlaubt werden.",
  passphraseKeptNote:
    "Du hast dieses Geheimnis abgeholt. Gib zum Weitermachen die Passphrase noch einmal ein: Eine falsche zählt nicht.",
  passphraseLabel: "Passphrase",
  passphraseAct: "Weiter",
  passphraseMissing: "Gib zuerst die Passphrase ein.",
  passphraseMalformed: "Eine Passphrase hat höchstens 1.024 Bytes. Diese ist länger. Gezählt wurde nichts.",
  passphraseWrong: (left, number) =>
    left === 1
      ? "Das ist nicht die Passphrase. Noch ein Versuch, dann wird das Geheimnis gesperrt."
      : `Das ist nicht die Passphrase. Noch ${number} Versuche, dann wird das Geheimnis gesperrt.`,
  passphraseNotTheOne: "Das ist nicht die Passphrase. Gezählt wurde nichts.",

  offerText: "Ein Text wartet",
  offerFiles: (count, number) => (count === 1 ? "Eine Datei wartet" : `${number} Dateien warten`),
  offerNote: "Das siehst du, ohne dass etwas abgeholt wird.",
  size: "Größe",
  expires: "Läuft ab",
  files: "Dateien",
  onceTitle: "Das lässt sich nicht rückgängig machen",
  onceText: "Nur eine Person kann es lesen: du. Deck es auf, wo dir niemand über die Schulter sieht.",
  onceFiles:
    "Nur eine Person bekommt es: du. Sei dort, wo du Dateien speichern kannst, und bleib, bis sie gespeichert sind.",
  revealAct: "Aufdecken",
  memoryTitle: "Dieser Browser kann nicht direkt auf die Platte schreiben",
  memoryNote: (size) =>
    `Er muss ${size} zuerst im Speicher halten und kann daran scheitern. So sind Apps, die Links in sich selbst ` +
    "öffnen. Noch ist nichts abgeholt: Öffne den Link, wenn möglich, im Browser deines Systems.",

  resumeTitle: "Du hast es abgeholt",
  resumeNote: (time) => `Es gehört dir allein, und du kannst bis ${time} weitermachen. Dann löscht der Server es.`,
  resumeUnanswered:
    "Dein Browser hat es schon einmal verlangt und keine Antwort bekommen. Wenn du es bekommen hast, geht es weiter.",
  resumeAct: "Weitermachen",

  textTitle: "Hier ist es",
  filesTitle: "Speichere, was du bekommen hast",
  leaseNote: (time) => `Bis ${time} kannst du es mit diesem Browser noch einmal holen, und sonst niemand.`,
  textLabel: "Der Text",
  textHidden: "Verborgen.",
  copyAct: "Kopieren",
  copied: "Kopiert",
  copyFailed: "Dieser Browser lässt die Seite nicht kopieren. Der Text ist ausgewählt: Kopiere ihn selbst.",
  hideAct: "Verbergen",
  showAct: "Zeigen",
  hidden: "Der Text ist verborgen",
  shown: "Der Text ist zu sehen",
  saveTextAct: "Als Datei speichern",
  saveAct: "Speichern",
  saveNamed: (name) => `${name} speichern`,
  saveAllAct: "Alles in einem Zip speichern",
  saved: "Gespeichert",
  saving: (name) => `${name} wird gespeichert`,
  savedNamed: (name) => `${name} ist gespeichert`,
  cancelAct: "Abbrechen",
  cancelled: (name) => `${name} wurde nicht gespeichert: abgebrochen. Du kannst es noch einmal speichern.`,
  tooLongToShow: "Der Text ist zu lang, um ihn zu zeigen, und wird deshalb als Datei gespeichert.",
  notText: "Das ist kein Text, der sich zeigen lässt, und wird deshalb als Datei gespeichert.",
  haveItNote:
    "Sieh nach, ob alles da ist. Wenn du es sagst, löscht der Server es sofort, und wer es geschickt hat, sieht, " +
    "dass es angekommen ist.",
  haveItAct: "Ich habe es",
  haveEnoughNote:
    "Noch ist nicht alles gespeichert. Sobald du sagst, dass du hast, was du willst, löscht der Server auch den Rest.",
  haveEnoughAct: "Ich habe, was ich will",
  haveAllFirst: "Speichere zuerst alles. Was du liegen lässt, wird gelöscht, wenn die Zeit um ist.",
  acknowledging: "Der Server erfährt es",
  notAcknowledged: "Der Server war nicht zu erreichen. Was du hast, gehört dir; versuche es noch einmal.",

  doneTitle: "Gelöscht",
  doneNote:
    "Der Server hat das Geheimnis gelöscht, und wer es geschickt hat, sieht, dass es angekommen ist. Niemand kann es " +
    "noch einmal abholen.",
  doneText: "Auch auf dieser Seite steht es nicht mehr.",
  homeAct: "Selbst etwas teilen",
};
