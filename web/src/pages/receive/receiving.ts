import { Api } from "../../api.ts";
import { LinkKey } from "../../envelope/linkKey.ts";
import type { ShareId } from "../../envelope/shareId.ts";
import { isOwnShare } from "../../ownShares.ts";
import { setText } from "../../page/dom.ts";
import { startWorker } from "../../page/startWorker.ts";
import { server } from "../../scriptUrl.ts";
import { format, texts } from "../../text.ts";
import { askForKey } from "./askForKey.ts";
import { askForPassphrase, refusePassphrase } from "./askForPassphrase.ts";
import { claimPatiently } from "./claimPatiently.ts";
import { showContent } from "./contentView.ts";
import { browserTexts, KeptClaims } from "./keptClaim.ts";
import { showOffer } from "./offer.ts";
import type { Claimed, Looked, Stop, Unlocked } from "./outcomes.ts";
import { button, element, show, showBusy, showStop } from "./states.ts";
import { Taking } from "./taking.ts";

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
        return this.#unlocked(taking, await taking.unlock(""));
      case "taken":
        this.#showTaken(taking, looked);
        return;
      default:
        this.#stopLooking(looked, taking);
    }
  }

  #askToUnlock(taking: Taking): void {
    askForPassphrase(texts.receive.passphraseNote, (passphrase) => {
      this.#do(async () => {
        showBusy(texts.receive.lookingTitle, texts.receive.unlocking);
        const outcome = await taking.unlock(passphrase);
        if (outcome.kind === "damaged" && outcome.failure === "malformed-passphrase") {
          refusePassphrase(texts.receive.passphraseMalformed);
        } else if (outcome.kind === "wrong-passphrase" && outcome.attemptsLeft > 0) {
          const { attemptsLeft } = outcome;
          refusePassphrase(texts.receive.passphraseWrong(attemptsLeft, format.number(attemptsLeft)));
        } else {
          // The last wrong one has locked it.
          const stop = outcome.kind === "wrong-passphrase" ? ({ kind: "locked" } as const) : outcome;
          await this.#unlocked(taking, stop);
        }
      });
    });
  }

  async #unlocked(taking: Taking, outcome: Unlocked | Stop): Promise<void> {
    if (outcome.kind === "unlocked") {
      await showOffer(outcome, () => {
        this.#do(() => this.#reveal(taking));
      });
    } else {
      this.#stopLooking(outcome, taking);
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
          this.#stopLooking(outcome, taking);
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

  #showContent(taking: Taking, claimed: Claimed): Promise<void> {
    return showContent(taking, claimed, (stop) => {
      this.#stop(stop, reload);
    });
  }

  /** It is looked at again without being asked for; only a person reveals. */
  #stopLooking(stop: Stop, taking: Taking): void {
    this.#stop(stop, () => this.#look(taking), true);
  }

  #stop(stop: Stop, retry: (() => Promise<void>) | null = null, byItself = false): void {
    showStop(
      stop,
      retry && {
        act: () => {
          this.#do(retry);
        },
        byItself,
      },
      () => {
        this.#askForKey("");
      },
    );
  }

  /** Does what a click began; nothing is left unsaid, whatever goes wrong. */
  #do(act: () => Promise<void>): void {
    act().catch(() => {
      this.#stop({ kind: "failed" }, reload);
    });
  }
}

function reload(): Promise<void> {
  location.reload();
  return Promise.resolve();
}
