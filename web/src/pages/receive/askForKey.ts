import { LinkKey } from "../../envelope/linkKey.ts";
import type { ShareId } from "../../envelope/shareId.ts";
import { keyIn, parseShareLink } from "../../link.ts";
import { find, setText } from "../../page/dom.ts";
import { server } from "../../scriptUrl.ts";
import { texts } from "../../text.ts";
import { element, input, show } from "./states.ts";

/** Asks for the key of a link that has lost it, or has one that is none. */
export function askForKey(id: ShareId, given: string, goOn: (key: string) => void): void {
  const field = input("key");
  const refuse = (text: string): void => {
    setText(element("key-error"), text);
    field.setAttribute("aria-invalid", "true");
    field.focus();
  };
  find(document, "form[data-state='key']", HTMLFormElement).onsubmit = (event) => {
    event.preventDefault();
    const typed = field.value;
    const link = parseShareLink(typed);
    const key = keyIn(typed);
    if (link !== null && link.server !== server) {
      refuse(texts.receive.keyOtherServer);
    } else if (link !== null && link.id.toString() !== id.toString()) {
      location.assign(typed.trim());
    } else if (LinkKey.parse(key).ok) {
      field.value = "";
      goOn(key);
    } else {
      refuse(texts.receive.keyMalformed);
    }
  };
  field.value = "";
  field.removeAttribute("aria-invalid");
  setText(element("key-error"), "");
  show("key");
  if (given !== "") {
    refuse(texts.receive.keyMalformed);
  }
}
