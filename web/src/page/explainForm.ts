import { texts } from "../text.ts";
import { create } from "./dom.ts";

/** Says in one sentence, in the visitor's language, why the server's own form stays and what that means. */
export function explainForm(page: "share" | "receive"): void {
  const { why, title, meaning } = texts.common.unsealed;
  const reason = globalThis.isSecureContext ? why.oldBrowser : why.plainHttp;
  const notice = create(
    "div",
    { class: "notice", role: "note", lang: texts.language, id: "unsealed" },
    create("p", { class: "notice-title" }, title),
    create("p", {}, `${reason} ${meaning[page]}`),
  );
  document.querySelector("#unsealed")?.replaceWith(notice);
}
