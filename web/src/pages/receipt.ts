// The page behind a receipt link. Without it the server's form tells what has happened.
import { canSeal } from "../page/support.ts";
import { enhance } from "../page/fill.ts";

const template = document.querySelector<HTMLTemplateElement>("template#receipt");
if (template !== null && canSeal()) {
  enhance(template);
}
