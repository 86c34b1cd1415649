/** What the page behind a link says. */
export const receive = {
  title: "Take a secret",
  headingStart: "Take it",
  headingEnd: "once.",
  lead: "Somebody has sent you a secret. It has one reader: it can be taken once, and then the server deletes it.",
  mangledTitle: "The link was changed on its way",
  mangledNote:
    "A mail filter or another program has turned the # of your link into %23, so that the key has reached this " +
    "server. Nothing was taken, and this server has written nothing down. You can go on; if the secret matters a " +
    "great deal, ask for a new link, sent another way.",
  ownTitle: "This link was made in this browser",
  ownNote:
    "If you reveal it here, the person you made it for gets nothing. To see what has become of it, open the receipt " +
    "link instead.",

  lookingTitle: "Looking at the link",
  lookingNote: "Nothing is taken by looking.",
  unlocking: "Checking the passphrase. That takes a moment.",
  claimingTitle: "Taking it",
  claimingNote: "Stay on this page.",
  waiting: (time: string) => `No answer yet. Trying again in ${time}.`,

  keyTitle: "The key is missing",
  keyMissing:
    "The part of the link after # has been lost on its way, as sign-in pages and some chats do. It is the key, and " +
    "the server does not have it. Nothing was taken. Copy the link again from where you got it.",
  keyMalformed: "That is no key. A key has 43 characters, and none may be missing: copy the whole link again.",
  keyOtherServer: "That link leads to another server. Open it in the address line instead.",
  keyLabel: "The whole link, or its key",
  keyAct: "Go on",

  passphraseTitle: "It needs a passphrase",
  passphraseNote:
    "Its sender has set one, and has to tell you: it is not in the link. A wrong one takes nothing, but every wrong " +
    "one counts, and too many lock the secret until its sender allows more.",
  passphraseKeptNote: "You have taken this secret. To go on, type its passphrase again: a wrong one is not counted.",
  passphraseLabel: "Passphrase",
  passphraseAct: "Go on",
  passphraseMissing: "Type the passphrase first.",
  passphraseMalformed: "A passphrase has at most 1,024 bytes. This one is longer. Nothing was counted.",
  passphraseWrong: (left: number, number: string) =>
    left === 1
      ? "That is not the passphrase. One attempt is left before the secret locks."
      : `That is not the passphrase. ${number} attempts are left before the secret locks.`,
  passphraseNotTheOne: "That is not the passphrase. Nothing was counted.",

  offerText: "A text is waiting",
  offerFiles: (count: number, number: string) => (count === 1 ? "A file is waiting" : `${number} files are waiting`),
  offerNote: "You see this without taking anything.",
  size: "Size",
  expires: "Runs out",
  files: "Files",
  onceTitle: "This cannot be undone",
  onceText: "You are its one reader. Reveal it where nobody looks over your shoulder.",
  onceFiles: "You are its one reader. Be where you can save files, and stay until they are saved.",
  revealAct: "Reveal",
  memoryTitle: "This browser cannot write straight to disk",
  memoryNote: (size: string) =>
    `It has to hold ${size} in memory first, and may fail at that. Apps that open links inside themselves are like ` +
    "this. Nothing is taken yet: open the link in your system's own browser if you can.",

  resumeTitle: "You have taken this",
  resumeNote: (time: string) => `It is yours alone, and you can go on until ${time}. Then the server deletes it.`,
  resumeUnanswered: "Your browser has asked for it before and got no answer. If it was you who got it, go on.",
  resumeAct: "Go on",

  textTitle: "Here it is",
  filesTitle: "Save what you got",
  leaseNote: (time: string) => `Until ${time} you can get it again with this browser, and nobody else can.`,
  textLabel: "The text",
  textHidden: "Hidden.",
  copyAct: "Copy",
  copied: "Copied",
  copyFailed: "This browser does not let the page copy. The text is selected: copy it yourself.",
  hideAct: "Hide",
  showAct: "Show",
  hidden: "The text is hidden",
  shown: "The text is shown",
  saveTextAct: "Save as a file",
  saveAct: "Save",
  saveNamed: (name: string) => `Save ${name}`,
  saveAllAct: "Save all in one zip",
  saved: "Saved",
  saving: (name: string) => `Saving ${name}`,
  savedNamed: (name: string) => `${name} is saved`,
  cancelAct: "Cancel",
  cancelled: (name: string) => `${name} was not saved: it was broken off. You can save it again.`,
  tooLongToShow: "The text is too long to be shown, so it is saved as a file.",
  notText: "This is not a text that can be shown, so it is saved as a file.",
  haveItNote:
    "Look whether it is all there. When you say so, the server deletes it at once, and its sender sees that it " +
    "has arrived.",
  haveItAct: "I have it",
  haveEnoughNote: "Not all of it is saved. Once you say that you have all you want, the server deletes the rest too.",
  haveEnoughAct: "I have all I want",
  haveAllFirst: "Save everything first. What you leave is deleted when the time is over.",
  acknowledging: "Telling the server",
  notAcknowledged: "The server could not be told. What you got is yours anyway; try again, or leave it.",

  doneTitle: "Deleted",
  doneNote: "The server has deleted the secret, and its sender sees that it has arrived. Nobody can take it again.",
  doneText: "It is gone from this page too.",
  homeAct: "Share something yourself",
};
