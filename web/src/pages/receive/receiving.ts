import { Api } from "../../api.ts";
import { safeFileNames } from "../../envelope/fileNames.ts";
import { LinkKey } from "../../envelope/linkKey.ts";
import { contentLength, type Manifest } from "../../envelope/manifest.ts";
import type { ShareId } from "../../envelope/shareId.ts";
import { isOwnShare } from "../../ownShares.ts";
import { setText } from "../../page/dom.ts";
import { startWorker } from "../../page/startWorker.ts";
import { server } from "../../scriptUrl.ts";
import { texts } from "../../text.ts";
import { askForKey } from "./askForKey.ts";
import { askForPassphrase, refusePassphrase } from "./askForPassphrase.ts";
import { claimPatiently } from "./claimPatiently.ts";
import { Content, readPieces, Undeliverable } from "./content.ts";
import { FilesView } from "./filesView.ts";
import { browserTexts, KeptClaims } from "./keptClaim.ts";
import { showOffer } from "./offer.ts";
import type { Claimed, Looked, Stop, Unlocked } from "./outcomes.ts";
import { decodeText, longestShown } from "./shownText.ts";
import { button, element, format, show, showBusy, showStop } from "./states.ts";
import { Taking } from "./taking.ts";
import { showText } from "./textView.ts";

/** What a reader goes through, from the link to what is in it. */
export class Receiving {
  readonly #id: ShareId;
  readonly #worker = startWorker();

  constructor(id: ShareId) {
    this.#id = id;
    this.#worker.failed.catch(() => {
      this.#stop({ kind: "failed" });
    });
  }

  /** With what stands in the address behind #. */
  start(fragment: string): void {
    element("own").hidden = !isOwnShare(this.#id);
    const linkKey = LinkKey.parse(fragment);
    if (!linkKey.ok) {
      this.#askForKey(fragment);
      return;
    }
    const taking = new Taking(
      new Api(server),
      this.#worker.away,
      new KeptClaims(browserTexts()),
      this.#id,
      linkKey.value,
    );
    this.#do(() => this.#look(taking));
  }

  #askForKey(typed: string): void {
    askForKey(this.#id, typed, (key) => {
      this.start(key);
    });
  }

  async #look(taking: Taking): Promise<void> {
    showBusy(texts.receive.lookingTitle, texts.receive.lookingNote);
    const looked = await taking.look();
    switch (looked.kind) {
      case "pending":
        if (looked.passphrase) {
          this.#askToUnlock(taking);
          return;
        }
        return this.#unlocked(taking, await taking.unlock(""), () => this.#look(taking));
      case "taken":
        this.#showTaken(taking, looked);
        return;
      default:
        this.#stop(looked, () => this.#look(taking));
    }
  }

  #askToUnlock(taking: Taking): void {
    askForPassphrase(texts.receive.passphraseNote, (passphrase) => {
      this.#do(async () => {
        showBusy(texts.receive.lookingTitle, texts.receive.unlocking);
        const outcome = await taking.unlock(passphrase);
        if (outcome.kind === "wrong-passphrase" && outcome.attemptsLeft > 0) {
          const { attemptsLeft } = outcome;
          refusePassphrase(texts.receive.passphraseWrong(attemptsLeft, format.number(attemptsLeft)));
        } else {
          // The last wrong one has locked it.
          const stop = outcome.kind === "wrong-passphrase" ? ({ kind: "locked" } as const) : outcome;
          await this.#unlocked(taking, stop, () => this.#look(taking));
        }
      });
    });
  }

  async #unlocked(taking: Taking, outcome: Unlocked | Stop, retry: () => Promise<void>): Promise<void> {
    if (outcome.kind === "unlocked") {
      await showOffer(outcome, () => {
        this.#do(() => this.#reveal(taking));
      });
    } else {
      this.#stop(outcome, retry);
    }
  }

  async #reveal(taking: Taking): Promise<void> {
    const outcome = await claimPatiently(taking);
    if (outcome.kind === "claimed") {
      await this.#showContent(taking, outcome);
    } else {
      this.#stop(outcome, () => this.#reveal(taking));
    }
  }

  #showTaken(taking: Taking, { passphrase, leaseUntil }: Extract<Looked, { readonly kind: "taken" }>): void {
    const goOn = async (typed: string): Promise<void> => {
      showBusy(texts.receive.claimingTitle, texts.receive.claimingNote);
      const outcome = await taking.goOn(typed);
      switch (outcome.kind) {
        case "claimed":
          return this.#showContent(taking, outcome);
        case "not-the-one":
          refusePassphrase(texts.receive.passphraseNotTheOne);
          return;
        default:
          this.#stop(outcome, () => this.#look(taking));
      }
    };
    if (passphrase) {
      askForPassphrase(texts.receive.passphraseKeptNote, (typed) => {
        this.#do(() => goOn(typed));
      });
      return;
    }
    const { resumeNote, resumeUnanswered } = texts.receive;
    setText(element("resume-note"), leaseUntil === null ? resumeUnanswered : resumeNote(format.moment(leaseUntil)));
    button("resume").onclick = () => {
      this.#do(() => goOn(""));
    };
    show("resume");
  }

  async #showContent(taking: Taking, { manifest, leaseUntil }: Claimed): Promise<void> {
    element("own").hidden = true;
    for (const note of document.querySelectorAll(".lease-note")) {
      setText(note, texts.receive.leaseNote(format.moment(leaseUntil)));
    }
    const content = new Content(taking, this.#worker.away, manifest);
    const length = contentLength(manifest);
    const text = manifest.text && length <= longestShown ? await this.#read(content, length) : null;
    if (text !== null) {
      const [name = ""] = safeFileNames(manifest);
      taking.handOver([0]);
      showText(text, name, taking);
      return;
    }
    await FilesView.show({ taking, content, manifest }, whySaved(manifest, length), (stop) => {
      this.#stop(stop, reload);
    });
  }

  /** Null where it is no text after all. */
  async #read(content: Content, length: number): Promise<string | null> {
    const onWaiting = (seconds: number): void => {
      showBusy(texts.receive.claimingTitle, texts.receive.waiting(format.timeLeft(seconds)));
    };
    const { signal } = new AbortController();
    return decodeText(await readPieces(content.read({ from: 0, to: length }, { signal, onWaiting })));
  }

  #stop(stop: Stop, retry: (() => Promise<void>) | null = null): void {
    showStop(
      stop,
      retry === null
        ? null
        : () => {
            this.#do(retry);
          },
      () => {
        this.#askForKey("");
      },
    );
  }

  /** Does what a click began; nothing is left unsaid, whatever goes wrong. */
  #do(act: () => Promise<void>): void {
    act().catch((error: unknown) => {
      this.#stop(error instanceof Undeliverable ? error.stop : { kind: "failed" }, reload);
    });
  }
}

function reload(): Promise<void> {
  location.reload();
  return Promise.resolve();
}

/** Why a text is saved and not shown. */
function whySaved({ text }: Manifest, length: number): string {
  if (!text) {
    return "";
  }
  return length > longestShown ? texts.receive.tooLongToShow : texts.receive.notText;
}
