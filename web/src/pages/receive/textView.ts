import { create, setText } from "../../page/dom.ts";
import { showToast } from "../../page/say.ts";
import { texts } from "../../text.ts";
import { acknowledge, showDone } from "./acknowledge.ts";
import { saveBlob } from "./destinations.ts";
import { isNumbered, linesOf } from "./shownText.ts";
import { button, element, show } from "./states.ts";
import type { Taking } from "./taking.ts";

/** Shows a text as text, until it is hidden, acknowledged, or the page is left. */
export function showText(text: string, name: string, taking: Taking): void {
  let shown = false;
  const place = element("text");
  const set = (visible: boolean): void => {
    shown = visible;
    // What is hidden is not in the page at all.
    place.replaceChildren(visible ? rendered(text) : create("p", {}, texts.receive.textHidden));
    setText(button("hide"), visible ? texts.receive.hideAct : texts.receive.showAct);
    button("hide").setAttribute("aria-expanded", `${visible}`);
  };
  const clear = (): void => {
    text = "";
    place.replaceChildren();
  };
  set(true);
  button("hide").onclick = () => {
    set(!shown);
    showToast(shown ? texts.receive.shown : texts.receive.hidden);
  };
  button("copy").onclick = async () => {
    if (await copy(text)) {
      showToast(texts.receive.copied);
      return;
    }
    set(true);
    getSelection()?.selectAllChildren(place);
    setText(element("text-words"), texts.receive.copyFailed);
  };
  button("save-text").onclick = () => {
    saveBlob(new Blob([text], { type: "application/octet-stream" }), name);
  };
  button("have-text").onclick = async () => {
    if (await acknowledge(taking, button("have-text"), element("text-error"))) {
      clear();
      showDone(true);
    }
  };
  // A page that is kept for the back button keeps its elements too.
  addEventListener("pagehide", clear, { once: true });
  show("text");
}

function rendered(text: string): HTMLElement {
  if (!isNumbered(text)) {
    return create("pre", { class: "text" }, text);
  }
  const lines = linesOf(text).map((line) => create("span", { class: "line" }, `${line}\n`));
  return create("pre", { class: "text text-numbered" }, ...lines);
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
