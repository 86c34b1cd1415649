import { find, setText } from "../../page/dom.ts";
import { texts } from "../../text.ts";
import { element, input, show } from "./states.ts";

/** Asks for the passphrase. */
export function askForPassphrase(note: string, goOn: (passphrase: string) => void): void {
  const field = input("passphrase");
  setText(element("passphrase-note"), note);
  find(document, "form[data-state='passphrase']", HTMLFormElement).onsubmit = (event) => {
    event.preventDefault();
    const typed = field.value;
    if (typed === "") {
      refusePassphrase(texts.receive.passphraseMissing);
      return;
    }
    field.value = "";
    setText(element("passphrase-error"), "");
    field.removeAttribute("aria-invalid");
    goOn(typed);
  };
  show("passphrase");
}

/** Asks again, and says why. */
export function refusePassphrase(why: string): void {
  const field = input("passphrase");
  show("passphrase");
  setText(element("passphrase-error"), why);
  field.setAttribute("aria-invalid", "true");
  field.focus();
}
