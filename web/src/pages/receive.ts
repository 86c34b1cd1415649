// The page behind a link. Without it the server's form opens the secret.
import { ShareId } from "../envelope/shareId.ts";
import { explainForm } from "../page/explainForm.ts";
import { enhance } from "../page/fill.ts";
import { canSeal } from "../page/support.ts";
import { texts } from "../text.ts";
import { Receiving } from "./receive/receiving.ts";

const template = document.querySelector<HTMLTemplateElement>("template#receiving");
const id = ShareId.parse(location.pathname.split("/").at(-1) ?? "");
if (!canSeal()) {
  explainForm("receive");
} else if (template !== null && id !== null) {
  enhance(template);
  document.title = `${texts.receive.title} - OneTimeShare`;
  // A page that comes back by the back button shows nothing again; and another key is another link.
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) {
      location.reload();
    }
  });
  addEventListener("hashchange", () => {
    location.reload();
  });
  new Receiving(id).start(location.hash.slice(1));
}
