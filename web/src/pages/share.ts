// The page to share a text or files. Without it the server's form seals them.
import { canSeal } from "../page/support.ts";
import { enhance } from "../page/fill.ts";

const template = document.querySelector<HTMLTemplateElement>("template#sharing");
if (template !== null && canSeal()) {
  enhance(template);
}
