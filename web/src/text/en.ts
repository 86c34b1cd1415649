/** Every text of the pages in English; what another language lacks does not compile. */
export const en = {
  language: "en",
  direction: "ltr" as "ltr" | "rtl",
  common: {
    site: "OneTimeShare",
    copy: "Copy",
    copied: "Copied",
    notCopied: "The browser did not allow it: select it and copy it yourself.",
    handOn: "Hand on",
    mail: "Mail draft",
    qr: "QR code",
    cancel: "Cancel",
    footer: "OneTimeShare hands a secret to one reader, once, and then deletes it.",
    timeLeft: (time: string) => `about ${time} left`,
    percentDone: (percent: string) => `${percent} done`,
  },
  share: {
    documentTitle: "Share once",
    title: "Share",
    titleEnd: "once.",
    lead: "Put in a text or files and send the link. One reader gets it, and nothing stays.",
    objections: "Not sent yet",
    choose: "Choose files",
    dropHere: "or drop or paste them here",
    files: "Files",
    atMost: (size: string) => `${size} together at most. Either a text or files.`,
    chosen: (count: number, size: string) => (count === 1 ? `1 file, ${size}` : `${count} files, ${size}`),
    added: (count: number) => (count === 1 ? "1 file added" : `${count} files added`),
    remove: (name: string) => `Remove ${name}`,
    removed: (name: string) => `${name} removed`,
    removeShort: "Remove",
    folder: "A folder cannot be shared: make an archive of it first.",
    text: "Or a text",
    pasted: "Text pasted",
    passphrase: "Passphrase",
    passphraseNote: "Optional. Tell it to your reader another way than the link.",
    show: "Show the passphrase",
    makeWords: "Make words",
    makeCharacters: "Make characters",
    copyPassphrase: "Copy it",
    made: "Passphrase made: write it down, it is shown nowhere else.",
    strength: {
      weak: "Weak: it may be guessed by somebody who has the link and breaks into the server.",
      fair: "Fair: it holds against most, not against a great effort.",
      strong: "Strong.",
    },
    lifetime: "Runs out after",
    lifetimeNote: "Then it is deleted, read or not.",
    createToken: "Create token",
    createTokenNote: "Only those who have it may share here. Ask the operator.",
    act: "Seal and get the link",
    about: "What happens here",
    aboutSealing:
      "Your browser seals the secret before anything is sent. The key is only in the link: this server never has it.",
    aboutTrust: "You trust this page not to give the key away, and so the server that hands it out.",
    aboutSize: (size: string) => `It takes ${size} at most.`,
    aboutAny: "It takes files of any kind.",
    aboutExtensions: (extensions: string) =>
      `It takes files without an extension, and those that end in ${extensions}.`,
    sendingTitle: "Sealing and",
    sendingTitleEnd: "sending.",
    sendingLead: "Keep this page open until the link is there.",
    sealing: "Sealing",
    progress: "Sent so far",
    waiting: {
      offline: "You are offline. Sending goes on by itself as soon as there is a network again.",
      broken: (time: string) =>
        `The connection broke. The next try is in ${time}; what has arrived stays there, and nothing is sent twice.`,
      busy: (time: string) => `The server is busy. The next try is in ${time}.`,
      limited: (time: string) => `The server takes no more from your network for now. The next try is in ${time}.`,
    },
    cancelled: "Cancelled. Nothing of it stays on the server.",
    objection: {
      nothing: "There is nothing to share yet: put in a text or files.",
      "text-and-files": "Either a text or files, not both: remove one of them.",
      "too-large": (size: string, most: string) => `This is ${size}, and the server takes ${most} at most.`,
      extension: (name: string, allowed: string) =>
        `${name} is of a kind that the server does not take. It takes files without an extension, and ${allowed}.`,
      "too-many-names": "There are too many files, or their names are too long: make an archive of them.",
      "passphrase-too-long": "The passphrase is too long: 1,024 bytes are the most.",
      lifetime: (least: string, most: string) => `The server keeps a secret for ${least} at least and ${most} at most.`,
      "create-token-missing": "Creating needs the operator's create token.",
    },
    refused: {
      "create-token": "The server does not accept this create token. Nothing was shared.",
      lifetime: "The server does not accept this lifetime. Nothing was shared.",
      "malformed-envelope": "What arrived at the server was damaged on its way. Nothing was shared: try again.",
      "storage-full": "The server has no room left. Nothing was shared: try again later, or ask the operator.",
      "too-large": "This is too large for the server, or for a proxy before it. Nothing was shared.",
      "too-many-uploads": "Too many uploads from your network are unfinished. Wait until they are done, and try again.",
      "not-unicode": "A file's name is not valid text. Nothing was shared: rename the file.",
      unreadable: "A file cannot be read, or has changed since you chose it. Nothing was shared: choose it again.",
      forgotten: "The server has given this upload up, since nothing came for too long. Share it again.",
      unexpected: "The server gave an answer that this page does not understand. Reload the page and try again.",
      worker: "The part of this page that seals does not start. Reload the page and try again.",
    },
    doneTitle: "Send it",
    doneTitleEnd: "once.",
    doneLead: "Your secret is sealed. This page is the only place that shows its link: copy it now.",
    sealed: "Sealed",
    link: "The link, for your reader",
    linkSubject: "A secret for you",
    linkMail: (link: string, until: string) =>
      `This link opens a secret, once, and until ${until}:\n\n${link}\n\nOpen it when you can keep what is in it.`,
    qrLabel: "The link as a QR code",
    runsOut: "Runs out",
    holds: "Holds",
    holdsText: "A text",
    once: "It opens once",
    onceOpening: "Opening the link yourself takes the secret: do not try it out.",
    onceFirst: "Whoever gets the link first gets the content.",
    oncePassphrase: "Your reader needs the passphrase too: send it another way than the link.",
    receiptLink: "The receipt link, for you",
    receiptNote:
      "It shows whether the secret was taken, and lets you burn it or allow more attempts. Keep it to yourself.",
    receiptSubject: "Receipt of a secret",
    receiptMail: (link: string) => `What has become of the secret that I shared: ${link}`,
    receiptQrLabel: "The receipt link as a QR code",
    again: "Share something else",
  },
  receive: {},
  receipt: {
    heading: "What has",
    headingOnce: "happened.",
    lead: "For the sender: see whether your secret was taken, allow more attempts, or burn it.",
    waiting: "Asking the server",
    following: "This page looks again by itself.",
    noAnswer: "The server does not answer now. This page goes on asking.",
    notDone: "There was no clear answer, so it may not have been done. See below what holds.",
    share: "Share",
    createdAt: "Shared",
    claimedAt: "Taken",
    endedAt: "Ended",
    expiresAt: "Runs out",
    expiredAt: "Ran out",
    failedAttempts: "Wrong passphrases",
    allow: "Allow more attempts",
    allowed: "Wrong passphrases are forgotten.",
    burn: "Burn it",
    burnQuestion: "Burning cannot be undone",
    burnMeaning: "The secret is deleted at once, and nobody can read it any more, you included.",
    burnNow: "Burn it now",
    burned: "Burned.",
    keep: "Keep it",
    states: {
      pending: {
        title: "Waiting for its reader",
        meaning: "Nobody has taken it yet. It can still be read once, or burned by you.",
      },
      locked: {
        title: "Locked: too many wrong passphrases",
        meaning:
          "Nobody has read it, and nobody can until you allow more attempts. Ask the recipient who has tried: if it " +
          "was not them, burn it and share again with another passphrase.",
      },
      claimed: {
        title: "Taken, and on its way to its reader",
        meaning:
          "One reader has taken it, and only that reader may fetch it again for a short while, should the delivery " +
          "break. If it was not your recipient, treat the secret as known and change it.",
      },
      delivered: {
        title: "Delivered",
        meaning:
          "One reader has all of it, and the server has deleted it. If it was not your recipient, treat the secret " +
          "as known and change it.",
      },
      unconfirmed: {
        title: "Taken, and not confirmed",
        meaning:
          "One reader has taken it, and the server has deleted it. Nobody confirmed that all of it arrived, which " +
          "curl and a browser without script never do. Ask the recipient, and share again if something is missing.",
      },
      expired: {
        title: "Ran out unread",
        meaning: "Its time was over before anybody took it. The server has deleted it.",
      },
      burned: { title: "Burned", meaning: "It was burned, and the server has deleted it." },
    },
    problems: {
      brokenLink: {
        title: "This is not a whole receipt link",
        detail: "The part after # is missing or damaged. Copy the receipt link again, to its last character.",
      },
      notFound: {
        title: "There is no such receipt",
        detail:
          "The link is wrong, or the receipt is gone: the server forgets it some days after the end. Check that you " +
          "have the whole link.",
      },
      unexpected: {
        title: "The server gave an answer that this page does not understand",
        detail: "Load the page again. If it stays like this, tell the server's operator.",
      },
    },
  },
  problems: {},
};

/** What a language has to say, by page; with words for the problems that the server names. */
export type Texts = typeof en;
