import type { Destination } from "../../download/destination.ts";
import { safeFileNames } from "../../envelope/fileNames.ts";
import type { Manifest } from "../../envelope/manifest.ts";
import { create, setText } from "../../page/dom.ts";
import { Progress } from "../../page/progress.ts";
import { showToast } from "../../page/say.ts";
import { format, texts } from "../../text.ts";
import type { Report, Wanted } from "../../worker/messages.ts";
import { ZipLayout } from "../../zip/zipLayout.ts";
import { acknowledge, showDone } from "./acknowledge.ts";
import { Destinations } from "./destinations.ts";
import { largestDownload } from "./offer.ts";
import type { Stop } from "./outcomes.ts";
import { button, element, nameElement, show } from "./states.ts";
import type { Taking } from "./taking.ts";

/** What is saved in one go. */
interface Download {
  readonly name: string;
  readonly size: number;
  /** Which files it has. */
  readonly files: readonly number[];
  readonly wanted: Wanted;
}

/** Milliseconds between two looks at the progress: often enough to be alive, seldom enough to be read. */
const progressEvery = 200;

/** The files of what was taken: saved one by one or all in one, and acknowledged once all are. */
export class FilesView {
  readonly #taking: Taking;
  readonly #manifest: Manifest;
  readonly #names: readonly string[];
  readonly #destinations: Destinations;
  readonly #onStop: (stop: Stop) => void;
  #saving: AbortController | null = null;
  #destination: Destination | null = null;

  static async show(taking: Taking, manifest: Manifest, why: string, onStop: (stop: Stop) => void): Promise<void> {
    const destinations = await Destinations.for(largestDownload(manifest));
    new FilesView(taking, manifest, destinations, onStop).#show(why);
  }

  private constructor(taking: Taking, manifest: Manifest, destinations: Destinations, onStop: (stop: Stop) => void) {
    this.#taking = taking;
    this.#manifest = manifest;
    this.#names = safeFileNames(manifest);
    this.#destinations = destinations;
    this.#onStop = onStop;
  }

  #show(why: string): void {
    const { files } = this.#manifest;
    setText(element("files-why"), why);
    element("files-why").hidden = why === "";
    element("files").replaceChildren(...files.map((_, at) => this.#row(at)));
    button("save-all").hidden = files.length < 2;
    button("save-all").onclick = () => this.#save(this.#all());
    button("cancel").onclick = () => this.#saving?.abort();
    button("have-files").onclick = async () => {
      if (await acknowledge(this.#taking, button("have-files"), element("files-error"))) {
        showDone(false);
      }
    };
    this.#refresh();
    addEventListener("beforeunload", (event) => {
      if (this.#saving !== null) {
        event.preventDefault(); // the browser asks whether to leave
      }
    });
    addEventListener("pagehide", () => {
      // At once: nothing that waits runs any more in a page that is left, and the browser would wait for the rest.
      this.#destination?.abort();
      this.#saving?.abort();
    });
    show("files");
  }

  #row(at: number): HTMLElement {
    const name = this.#names[at] ?? "";
    const act = create("button", { class: "btn act-small", type: "button" }, texts.receive.saveAct);
    act.setAttribute("aria-label", texts.receive.saveNamed(name));
    act.onclick = () => this.#save(this.#one(at));
    const size = create("span", { class: "file-size" }, format.size(this.#manifest.files[at]?.size ?? 0));
    const saved = create("span", { class: "file-saved", hidden: "" }, texts.receive.saved);
    return create("li", {}, nameElement(name), size, saved, act);
  }

  #one(at: number): Download {
    const { files } = this.#manifest;
    const from = files.slice(0, at).reduce((before, file) => before + file.size, 0);
    const size = files[at]?.size ?? 0;
    return { name: this.#names[at] ?? "", size, files: [at], wanted: { from, to: from + size } };
  }

  #all(): Download {
    const files = this.#manifest.files.map((_, at) => at);
    return { name: "share.zip", size: ZipLayout.of(this.#manifest).length, files, wanted: "zip" };
  }

  async #save({ name, size, files, wanted }: Download): Promise<void> {
    if (this.#saving !== null) {
      return;
    }
    const saving = (this.#saving = new AbortController());
    const acted = document.activeElement;
    setText(element("saving-what"), texts.receive.saving(name));
    setText(element("files-words"), "");
    this.#refresh();
    const progress = new Progress(element("saving"), size);
    let reached = 0;
    const showing = setInterval(() => {
      progress.show(reached);
    }, progressEvery);
    const onReport = (report: Report): void => {
      reached = report.kind === "reached" ? report.bytes : reached;
      const trouble = report.kind === "waiting" ? texts.receive.waiting(format.timeLeft(report.seconds)) : "";
      setText(element("saving-trouble"), trouble);
    };
    const destination = await this.#destinations.open(name, size, () => {
      saving.abort();
    });
    this.#destination = destination;
    const [outcome] = await Promise.all([
      this.#taking.deliver(wanted, destination.port, { signal: saving.signal, onReport }),
      destination.settled,
    ]).finally(() => {
      clearInterval(showing);
      destination.close();
      this.#saving = null;
      this.#destination = null;
    });
    switch (outcome.kind) {
      case "delivered":
        this.#taking.handOver(files);
        showToast(texts.receive.savedNamed(name));
        break;
      case "cancelled":
        setText(element("files-words"), texts.receive.cancelled(name));
        break;
      default:
        this.#onStop(outcome);
        return;
    }
    this.#refresh();
    if (acted instanceof HTMLElement && document.activeElement === document.body) {
      acted.focus(); // a button that may not be pressed meanwhile loses it
    }
  }

  #refresh(): void {
    const saving = this.#saving !== null;
    const handed = new Set(this.#taking.handed);
    const all = this.#manifest.files.every((_, at) => handed.has(at));
    element("saving").hidden = !saving;
    for (const [at, row] of [...element("files").children].entries()) {
      row.querySelector(".file-saved")?.toggleAttribute("hidden", !handed.has(at));
      row.querySelector("button")?.toggleAttribute("disabled", saving);
    }
    button("save-all").disabled = saving;
    const { haveItAct, haveItNote, haveEnoughAct, haveEnoughNote, haveAllFirst } = texts.receive;
    const enough = handed.size > 0;
    button("have-files").hidden = !enough || saving;
    button("have-files").classList.toggle("act-quiet", !all);
    setText(button("have-files"), all ? haveItAct : haveEnoughAct);
    setText(element("files-note"), all ? haveItNote : enough ? haveEnoughNote : haveAllFirst);
  }
}
