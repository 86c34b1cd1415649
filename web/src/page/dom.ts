/** The element that the page has to have: one that is not there is a mistake in the page. */
export function find<T extends Element>(root: ParentNode, selector: string, type: new () => T): T {
  const element = root.querySelector(selector);
  if (!(element instanceof type)) {
    throw new Error(`The page has no ${selector}.`);
  }
  return element;
}

/** A new element with a text, or with others in it. */
export function create<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>> = {},
  ...content: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    element.setAttribute(attribute, value);
  }
  element.append(...content);
  return element;
}

export function setText(element: Element, text: string): void {
  element.textContent = text;
}

/** Shows one of the page's states, elements with data-state, and moves the focus to its heading. */
export function showState(root: ParentNode, state: string): void {
  let shown: HTMLElement | null = null;
  for (const element of root.querySelectorAll<HTMLElement>("[data-state]")) {
    element.hidden = element.dataset["state"] !== state;
    shown = element.hidden ? shown : element;
  }
  if (shown === null) {
    throw new Error(`The page has no state ${state}.`);
  }
  const heading = shown.querySelector<HTMLElement>("[tabindex='-1']");
  heading?.focus();
}
