/** What has happened where it goes no further, and what to do now. */
export const problems = {
  retry: "Try again",
  otherLink: "Type another link",
  when: "When",
  wait: (time: string) => `Wait ${time}, then try again.`,
  waiting: (time: string) => `This page looks again by itself in ${time}.`,
  claimed: {
    title: "Somebody was first",
    what: "This secret has one reader, and somebody else has taken it or is taking it now. You cannot get it any more.",
    now: "If that was not you on another device, tell its sender at once: what was in it should be changed.",
  },
  delivered: {
    title: "It has been delivered",
    what: "Its one reader has it and has said so, and the server has deleted it.",
    now: "If that was not you, tell its sender at once: what was in it should be changed.",
  },
  unconfirmed: {
    title: "It has been taken",
    what: "Somebody has taken it and never said whether all of it has arrived. The server has deleted it.",
    now: "If you took it and lack something, ask its sender for a new link. If it was not you, tell them at once.",
  },
  expired: {
    title: "Too late",
    what: "Nobody took it in time, and the server has deleted it.",
    now: "Ask its sender for a new link.",
  },
  burned: {
    title: "Its sender has deleted it",
    what: "Whoever sent it has taken it back. Nobody can get it any more.",
    now: "Ask its sender what to do.",
  },
  locked: {
    title: "It is locked",
    what: "Too many wrong passphrases were tried. Nothing is lost and nothing was taken.",
    now: "Ask its sender to allow more attempts, on the receipt page, and for the right passphrase. Then try again.",
  },
  lost: {
    title: "The server has lost it",
    what: "It was taken by you, but the server does not have its content any more. That is a fault of the server.",
    now: "Ask its sender for a new link, and tell the server's operator.",
  },
  notFound: {
    title: "There is nothing here",
    what: "There is no such secret, or it is long gone, or the key in the link is another one. Nothing was taken.",
    now: "Compare the link with the one you got, to its last character.",
  },
  rateLimited: {
    title: "Asked too often",
    what: "Your network has asked this server very often. Nothing was taken.",
    now: "The link stays as it is.",
  },
  unavailable: {
    title: "The server is busy",
    what: "It does not answer properly just now. Nothing is lost.",
    now: "The link stays as it is.",
  },
  noAnswer: {
    title: "No connection",
    what: "The server cannot be reached from here. Nothing is lost.",
    now: "Look whether you are online, then try again. What you may have taken stays yours.",
  },
  unexpected: {
    title: "That was not the right server",
    what: "Something answered that does not know this page: a sign-in page in between, or another version.",
    now: "Reload the page. If that does not help, tell the server's operator. Nothing is lost.",
  },
  failed: {
    title: "This browser could not do it",
    what: "Something went wrong on this side: there may be no room left in memory or on the disk.",
    now: "Close what you do not need, then try again. What you may have taken stays yours until its time is over.",
  },
  damaged: {
    title: "It is damaged",
    what: "What the server has does not fit the key in your link: it was changed, or made by a faulty program.",
    now: "Nothing of it can be trusted, so nothing of it was handed on. Ask its sender for a new link.",
  },
  unknownVersion: {
    title: "Made by a newer version",
    what: "This page does not know the format of this secret. Nothing was taken.",
    now: "Reload the page. If that does not help, ask its sender how it was made.",
  },
};
