/** What the receipt page says. */
export const receipt = {
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
};
