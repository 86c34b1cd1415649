/** The part of Trusted Types that this uses; not every browser has it, and then nothing asks for it. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): {
    createScriptURL(url: string): URL;
  };
}

// This file is bundled into a page's script, /assets/NAME.js, so what is beside it is a script of ours too.
const folder = new URL("./", import.meta.url);

// The one policy that the content security policy allows, made once: a second one of that name would be refused.
const policy = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy("onetimeshare", {
  createScriptURL: (name) => addressOf(name),
});

/** Where the site lives, ending in a slash: a page's script is always in /assets/ below it. */
export const server = new URL("../", folder).href;

/** The address of a script of ours, for new Worker and serviceWorker.register: a name without its ending. */
export function scriptUrl(name: "envelopeWorker" | "serviceWorker"): URL {
  return policy?.createScriptURL(name) ?? new URL(addressOf(name));
}

function addressOf(name: string): string {
  if (!/^[a-zA-Z]+$/.test(name)) {
    throw new TypeError("Scripts of ours have plain names.");
  }
  return new URL(`${name}.js`, folder).href;
}
