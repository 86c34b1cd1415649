import { problems } from "./de/problems.ts";
import { receipt } from "./de/receipt.ts";
import { receive } from "./de/receive.ts";
import type { Texts } from "./en.ts";

/** Alles, was die Seiten sagen, auf Deutsch. */
export const de: Texts = {
  language: "de",
  direction: "ltr",
  common: {
    site: "OneTimeShare",
    copy: "Kopieren",
    copied: "Kopiert",
    notCopied: "Der Browser hat es nicht erlaubt: bitte markieren und selbst kopieren.",
    handOn: "Weitergeben",
    mail: "Mail-Entwurf",
    qr: "QR-Code",
    cancel: "Abbrechen",
    footer: "OneTimeShare gibt ein Geheimnis einmal an eine Person weiter und löscht es dann.",
    imprint: "Impressum",
    privacy: "Datenschutz",
    feedback: "Rückmeldung",
    timeLeft: (time) => `noch etwa ${time}`,
    percentDone: (percent) => `${percent} erledigt`,
    unsealed: {
      title: "Nicht Ende-zu-Ende-verschlüsselt",
      why: {
        plainHttp: "Diese Seite kam über unverschlüsseltes HTTP, wo ein Browser weder versiegeln noch öffnen kann:",
        oldBrowser: "Dieser Browser ist zu alt, um selbst zu versiegeln und zu öffnen:",
      },
      meaning: {
        share: "Der Server versiegelt, was gesendet wird, sieht es dabei und behält keinen Schlüssel.",
        receive: "Der Server öffnet das Geheimnis, sieht es dabei und behält keinen Schlüssel.",
      },
    },
  },
  share: {
    documentTitle: "Einmal teilen",
    title: "Teile es",
    titleEnd: "einmal.",
    lead: "Text oder Dateien hinein, Link verschicken. Eine Person bekommt es, und nichts bleibt zurück.",
    objections: "Noch nicht gesendet",
    choose: "Dateien auswählen",
    dropHere: "oder hier ablegen oder einfügen",
    files: "Dateien",
    atMost: (size) => `Zusammen höchstens ${size}. Entweder ein Text oder Dateien.`,
    chosen: (count, size) => (count === 1 ? `1 Datei, ${size}` : `${count} Dateien, ${size}`),
    added: (count) => (count === 1 ? "1 Datei hinzugefügt" : `${count} Dateien hinzugefügt`),
    remove: (name) => `${name} entfernen`,
    removed: (name) => `${name} entfernt`,
    removeShort: "Entfernen",
    folder: "Ein Ordner lässt sich nicht teilen: bitte zuerst ein Archiv daraus machen.",
    text: "Oder ein Text",
    pasted: "Text eingefügt",
    passphrase: "Passphrase",
    passphraseNote: "Freiwillig. Sag sie deinem Gegenüber auf einem anderen Weg als dem Link.",
    show: "Passphrase anzeigen",
    makeWords: "Wörter erzeugen",
    makeCharacters: "Zeichen erzeugen",
    copyPassphrase: "Kopieren",
    made: "Passphrase erzeugt: notiere sie, sie steht sonst nirgends.",
    strength: {
      weak: "Schwach: Wer den Link hat und in den Server einbricht, kann sie erraten.",
      fair: "Mittel: Sie hält den meisten stand, aber keinem großen Aufwand.",
      strong: "Stark.",
    },
    lifetime: "Läuft ab nach",
    lifetimeNote: "Dann wird es gelöscht, gelesen oder nicht.",
    createToken: "Token zum Teilen",
    createTokenNote: "Nur wer ihn hat, darf hier teilen. Frag die Betreiber.",
    act: "Versiegeln und Link holen",
    about: "Was hier geschieht",
    aboutSealing:
      "Dein Browser versiegelt das Geheimnis, bevor irgendetwas gesendet wird. Der Schlüssel steht nur im Link: " +
      "Dieser Server hat ihn nie.",
    aboutTrust:
      "Du vertraust darauf, dass diese Seite den Schlüssel nicht verrät, und damit dem Server, der sie liefert.",
    aboutSize: (size) => `Angenommen werden höchstens ${size}.`,
    aboutAny: "Angenommen werden Dateien jeder Art.",
    aboutExtensions: (extensions) =>
      `Angenommen werden Dateien ohne Endung und solche mit den Endungen ${extensions}.`,
    sendingTitle: "Versiegeln und",
    sendingTitleEnd: "senden.",
    sendingLead: "Lass diese Seite offen, bis der Link da ist.",
    sealing: "Wird versiegelt",
    progress: "Bisher gesendet",
    waiting: {
      offline: "Du bist offline. Das Senden geht von selbst weiter, sobald wieder ein Netz da ist.",
      broken: (time) =>
        `Die Verbindung ist abgebrochen. Nächster Versuch in ${time}; was angekommen ist, bleibt dort und wird nicht ` +
        "noch einmal gesendet.",
      busy: (time) => `Der Server ist ausgelastet. Nächster Versuch in ${time}.`,
      limited: (time) => `Der Server nimmt aus deinem Netz gerade nichts mehr an. Nächster Versuch in ${time}.`,
    },
    cancelled: "Abgebrochen. Nichts wurde geteilt.",
    objection: {
      nothing: "Es gibt noch nichts zu teilen: gib einen Text ein oder wähle Dateien.",
      "text-and-files": "Entweder ein Text oder Dateien, nicht beides: entferne eines davon.",
      "too-large": (size, most) => `Das sind ${size}, und der Server nimmt höchstens ${most} an.`,
      extension: (name, allowed) =>
        `${name} ist von einer Art, die der Server nicht annimmt. Er nimmt Dateien ohne Endung und ${allowed}.`,
      "too-many-names": "Es sind zu viele Dateien, oder ihre Namen sind zu lang: mach ein Archiv daraus.",
      "passphrase-too-long": "Die Passphrase ist zu lang: höchstens 1.024 Bytes.",
      lifetime: (least, most) => `Der Server bewahrt ein Geheimnis mindestens ${least} und höchstens ${most} auf.`,
      "create-token-missing": "Zum Teilen braucht es den Token der Betreiber.",
    },
    refused: {
      "create-token": "Der Server akzeptiert diesen Token nicht. Es wurde nichts geteilt.",
      lifetime: "Der Server akzeptiert diese Laufzeit nicht. Es wurde nichts geteilt.",
      "malformed-envelope":
        "Was beim Server ankam, wurde unterwegs beschädigt. Es wurde nichts geteilt: versuche es noch einmal.",
      "storage-full":
        "Der Server hat keinen Platz mehr. Es wurde nichts geteilt: versuche es später oder frag die Betreiber.",
      "too-large": "Das ist zu groß für den Server oder für einen Proxy davor. Es wurde nichts geteilt.",
      "too-many-uploads":
        "Aus deinem Netz sind zu viele Uploads unvollendet. Warte, bis sie fertig sind, und versuche es noch einmal.",
      "not-unicode": "Ein Dateiname ist kein gültiger Text. Es wurde nichts geteilt: benenne die Datei um.",
      unreadable:
        "Eine Datei lässt sich nicht lesen oder hat sich seit der Auswahl geändert. Es wurde nichts geteilt: " +
        "wähle sie noch einmal aus.",
      forgotten: "Der Server hat diesen Upload aufgegeben, weil zu lange nichts kam. Teile es noch einmal.",
      unexpected:
        "Der Server hat etwas geantwortet, das diese Seite nicht versteht. Lade sie neu und versuche es noch einmal.",
      worker: "Der Teil dieser Seite, der versiegelt, startet nicht. Lade sie neu und versuche es noch einmal.",
    },
    doneTitle: "Verschicke es",
    doneTitleEnd: "einmal.",
    doneLead: "Dein Geheimnis ist versiegelt. Nur diese Seite zeigt den Link: kopiere ihn jetzt.",
    sealed: "Versiegelt",
    link: "Der Link, für dein Gegenüber",
    linkSubject: "Ein Geheimnis für dich",
    linkMail: (link, until) =>
      `Dieser Link öffnet ein Geheimnis, genau einmal, bis ${until}:\n\n${link}\n\nÖffne ihn, wenn du den Inhalt ` +
      "aufbewahren kannst.",
    qrLabel: "Der Link als QR-Code",
    runsOut: "Läuft ab",
    holds: "Enthält",
    holdsText: "Einen Text",
    once: "Er öffnet sich einmal",
    onceRevealing: "Wer das Geheimnis aufdeckt, nimmt es heraus, auch du selbst: probier es nicht aus.",
    onceFirst: "Wer den Link zuerst hat, bekommt den Inhalt.",
    oncePassphrase: "Dein Gegenüber braucht auch die Passphrase: schick sie auf einem anderen Weg als den Link.",
    receiptLink: "Der Quittungslink, für dich",
    receiptNote:
      "Er zeigt, ob das Geheimnis abgeholt wurde. Damit kannst du es vernichten oder weitere Versuche erlauben. " +
      "Behalte ihn für dich.",
    receiptSubject: "Quittung für ein Geheimnis",
    receiptMail: (link) => `Was aus dem Geheimnis geworden ist, das ich geteilt habe: ${link}`,
    receiptQrLabel: "Der Quittungslink als QR-Code",
    again: "Etwas anderes teilen",
  },
  receive,
  receipt,
  problems,
};
