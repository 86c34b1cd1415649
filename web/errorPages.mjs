// The pages that a proxy shows while the server behind it does not answer: each whole in one file, for deploy/errors.

const pages = [
  {
    status: 502,
    en: {
      title: "The server does not answer",
      detail:
        "It may be starting. Try again in a minute: a link that nobody has taken is as good as before. If you had " +
        "just sent something, it may have arrived.",
    },
    de: {
      title: "Der Server antwortet nicht",
      detail:
        "Vielleicht startet er gerade. Versuche es in einer Minute noch einmal: Ein Link, den niemand benutzt hat, " +
        "gilt weiter. Was du eben gesendet hast, ist vielleicht angekommen.",
    },
  },
  {
    status: 503,
    en: {
      title: "The server is busy, or being looked after",
      detail: "Try again in a minute: a link that nobody has taken is as good as before.",
    },
    de: {
      title: "Der Server ist beschäftigt oder wird gewartet",
      detail: "Versuche es in einer Minute noch einmal: Ein Link, den niemand benutzt hat, gilt weiter.",
    },
  },
  {
    status: 504,
    en: {
      title: "The server took too long",
      detail:
        "What you asked for may have been done all the same. Go back and send the same form again: a secret that is " +
        "already yours comes again for a short while.",
    },
    de: {
      title: "Der Server hat zu lange gebraucht",
      detail:
        "Vielleicht ist trotzdem geschehen, was du wolltest. Geh zurück und sende dasselbe Formular noch einmal: Ein " +
        "Geheimnis, das schon deines ist, kommt für kurze Zeit noch einmal.",
    },
  },
];

/** Each page's file name and text. The texts are ours, and have nothing in them that HTML would take for more. */
export function errorPages(css) {
  return pages.map(({ status, en, de }) => ({
    name: `${status}.html`,
    html: `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>${en.title} - OneTimeShare</title>
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="robots" content="noindex">
  <style>${css.trim()}</style>
</head>
<body>
  <header class="bar"><p class="column bar-name">OneTimeShare</p></header>
  <main class="column">
    <h1>${en.title}</h1>
    <div class="containment">
      <p><span class="failure-status">Error ${status}</span></p>
      <p>${en.detail}</p>
      <h2 lang="de">${de.title}</h2>
      <p lang="de">${de.detail}</p>
    </div>
  </main>
</body>
</html>
`,
  }));
}
