import { texts } from "../text.ts";

/** What a page's template can say of itself: one attribute for each place that a text can be in. */
const places = {
  "data-text": (element: Element, text: string) => {
    element.textContent = text;
  },
  "data-label": (element: Element, text: string) => {
    element.setAttribute("aria-label", text);
  },
  "data-placeholder": (element: Element, text: string) => {
    element.setAttribute("placeholder", text);
  },
} as const;

/**
 * Replaces what the server's page says for browsers without script by its template: the same page, alive, and in the
 * visitor's language.
 */
export function enhance(template: HTMLTemplateElement): void {
  template.parentElement?.replaceChildren(template.content.cloneNode(true));
  document.documentElement.lang = texts.language;
  document.documentElement.dir = texts.direction;
  fill(document);
}

/** Sets every text that is named in there: <p data-text="share.lead"> says what texts.share.lead does. */
export function fill(root: ParentNode): void {
  for (const [attribute, put] of Object.entries(places)) {
    for (const element of root.querySelectorAll(`[${attribute}]`)) {
      put(element, textNamed(element.getAttribute(attribute) ?? "", texts));
    }
  }
}

/** The text with this name, "share.lead"; a name that there is none for is a mistake in the page. */
export function textNamed(name: string, within: object): string {
  const text = name
    .split(".")
    .reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key], within);
  if (typeof text !== "string") {
    throw new Error(`There is no text ${name}.`);
  }
  return text;
}
