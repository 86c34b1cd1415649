// The page to share a text or files: it seals them before anything is sent. Without it the server's form does.
import { rememberOwnShare } from "../ownShares.ts";
import { find, showState } from "../page/dom.ts";
import { enhance } from "../page/fill.ts";
import { showToast } from "../page/say.ts";
import { canSeal } from "../page/support.ts";
import { server } from "../scriptUrl.ts";
import { Compose } from "../sharing/compose.ts";
import { Done } from "../sharing/done.ts";
import type { Draft } from "../sharing/draft.ts";
import type { Limits } from "../sharing/limits.ts";
import { Sending } from "../sharing/sending.ts";
import type { ShareOutcome, Shared } from "../sharing/shareDraft.ts";
import { texts } from "../text.ts";

const template = document.querySelector<HTMLTemplateElement>("template#sharing");
if (template !== null && canSeal()) {
  const { dataset } = template;
  enhance(template);
  document.title = `${texts.share.documentTitle} - ${texts.common.site}`;
  run(find(document, "main", HTMLElement), limitsOf(dataset), addressOf(dataset));
}

function run(page: HTMLElement, limits: Limits, address: string): void {
  const sending = new Sending(page, address);
  const compose = new Compose(page, limits, (draft) => void share(draft));
  const done = new Done(page, () => {
    showState(page, "compose");
  });

  async function share(draft: Draft): Promise<void> {
    showState(page, "sending");
    const outcome = await sending.send(draft);
    if (outcome?.kind === "shared") {
      rememberOwnShare(outcome.id);
      compose.clear();
      done.show(outcome, draft);
      showState(page, "done");
      return;
    }
    showState(page, "compose");
    if (outcome === null) {
      showToast(texts.share.cancelled);
    } else {
      compose.object([inWords(outcome)]);
    }
  }
}

function inWords(outcome: Exclude<ShareOutcome, Shared>): string {
  const { refused, objection } = texts.share;
  switch (outcome.kind) {
    case "manifest-too-large":
      return objection["too-many-names"];
    case "malformed-passphrase":
      return objection["passphrase-too-long"];
    default:
      return refused[outcome.kind];
  }
}

function addressOf({ address = "" }: DOMStringMap): string {
  return address === "" ? server : address;
}

function limitsOf(data: DOMStringMap): Limits {
  const extensions = (data["extensions"] ?? "").split(" ").filter((extension) => extension !== "");
  return {
    maxSize: Number(data["maxSize"]),
    extensions: extensions.length === 0 ? null : extensions,
    minLifetime: Number(data["minLifetime"]),
    maxLifetime: Number(data["maxLifetime"]),
    needsCreateToken: document.querySelector("#create-token") !== null,
  };
}
