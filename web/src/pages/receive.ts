// The page behind a link. Without it the server's form opens the secret.
import { canSeal } from "../page/support.ts";
import { enhance } from "../page/fill.ts";

const template = document.querySelector<HTMLTemplateElement>("template#receiving");
if (template !== null && canSeal()) {
  enhance(template);
}
