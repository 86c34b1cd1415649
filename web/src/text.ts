import { Format } from "./page/format.ts";
import { de } from "./text/de.ts";
import { en, type Texts } from "./text/en.ts";

/** Another language is another file, and its place here. The first one is for whoever reads none of them. */
const languages: readonly Texts[] = [en, de];

const wanted = (globalThis as Partial<typeof globalThis>).navigator?.languages ?? [];

/** What the pages say, in the visitor's language. */
export const texts = choose(wanted);

/** Sizes and times in that language, as its speakers write them where the visitor lives. */
export const format = new Format(wanted.find((tag) => languageOf(tag) === texts.language) ?? texts.language);

/** The first language that a visitor reads and there is; "de-AT" is served by "de". */
export function choose(wanted: readonly string[]): Texts {
  for (const tag of wanted) {
    const known = languages.find(({ language }) => languageOf(tag) === language);
    if (known !== undefined) {
      return known;
    }
  }
  return en;
}

/** Null where the browser names none: WebKitGTK says "C" on a system that is set to no language. */
function languageOf(tag: string): string | null {
  try {
    return new Intl.Locale(tag).language;
  } catch {
    return null;
  }
}
