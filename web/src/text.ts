import { de } from "./text/de.ts";
import { en, type Texts } from "./text/en.ts";

/** Another language is another file, and its place here. The first one is for whoever reads none of them. */
const languages: readonly Texts[] = [en, de];

/** What the pages say, in the visitor's language. */
export const texts = choose((globalThis as Partial<typeof globalThis>).navigator?.languages ?? []);

/** The first language that a visitor reads and there is; "de-AT" is served by "de". */
export function choose(wanted: readonly string[]): Texts {
  for (const tag of wanted) {
    const known = languages.find(({ language }) => new Intl.Locale(tag).language === language);
    if (known !== undefined) {
      return known;
    }
  }
  return en;
}
