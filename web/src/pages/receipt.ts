// The page behind a receipt link. Without it the server's form tells what has happened.
import type { AllowOutcome, EndOutcome, ReceiptOutcome } from "../api/answers.ts";
import { Api } from "../api.ts";
import { parseReceiptLink, type ReceiptLink } from "../link.ts";
import { find, setText, showState } from "../page/dom.ts";
import { enhance } from "../page/fill.ts";
import { say, showToast } from "../page/say.ts";
import { Alarm } from "../receipt/alarm.ts";
import { ConfirmStep } from "../receipt/confirmStep.ts";
import { NextLook } from "../receipt/nextLook.ts";
import { ReceiptView } from "../receipt/receiptView.ts";
import { texts } from "../text.ts";

const template = document.querySelector<HTMLTemplateElement>("template#receipt");
if (template !== null) {
  enhance(template);
  const link = parseReceiptLink(location.href);
  if (link === null) {
    showProblem("brokenLink");
  } else {
    void follow(link);
  }
  addEventListener("hashchange", () => {
    location.reload();
  });
}

/** Looks again and again until nothing more can happen. */
async function follow({ server, id, receiptToken }: ReceiptLink): Promise<void> {
  const api = new Api(server);
  const alarm = new Alarm();
  const view = new ReceiptView(document, id);
  const next = new NextLook();
  const burn = new ConfirmStep(find(document, "#burning", HTMLElement), () => {
    burn.close();
    void act(() => api.burn(id, receiptToken), texts.receipt.burned, alarm);
  });
  find(document, "#allow", HTMLButtonElement).addEventListener("click", () => {
    void act(() => api.allowAttempts(id, receiptToken), texts.receipt.allowed, alarm);
  });
  addEventListener("online", () => {
    alarm.ring();
  });
  for (;;) {
    const outcome = await api.receipt(id, receiptToken);
    showOutcome(outcome, view);
    const seconds = next.after(outcome);
    setText(find(document, "#following", HTMLElement), seconds === null ? "" : texts.receipt.following);
    if (seconds === null) {
      return;
    }
    await alarm.rest(seconds);
  }
}

function showOutcome(outcome: ReceiptOutcome, view: ReceiptView): void {
  switch (outcome.kind) {
    case "receipt":
      view.show(outcome.receipt);
      showOnce("receipt");
      setNotice("#trouble", "");
      break;
    case "not-found":
      showProblem("notFound");
      break;
    case "unexpected":
      showProblem("unexpected");
      break;
    case "rate-limited":
    case "unavailable":
    case "no-answer":
      setNotice("#trouble", texts.receipt.noAnswer);
      break;
  }
}

/** Does what the sender asked for, and looks what has come of it. */
async function act(ask: () => Promise<EndOutcome | AllowOutcome>, done: string, alarm: Alarm): Promise<void> {
  const outcome = await ask();
  switch (outcome.kind) {
    case "ended":
    case "allowed":
      setNotice("#not-done", "");
      showToast(done);
      break;
    case "not-found":
      showProblem("notFound");
      break;
    case "unexpected":
    case "rate-limited":
    case "unavailable":
    case "no-answer":
      setNotice("#not-done", texts.receipt.notDone);
      break;
  }
  alarm.ring();
}

/** Without moving the focus of somebody who is reading it already. */
function showOnce(state: string): void {
  if (find(document, `[data-state="${state}"]`, HTMLElement).hidden) {
    showState(document, state);
  }
}

function showProblem(problem: keyof typeof texts.receipt.problems): void {
  const { title, detail } = texts.receipt.problems[problem];
  setText(find(document, "#problem-title", HTMLElement), title);
  setText(find(document, "#problem-detail", HTMLElement), detail);
  document.title = `${title} - OneTimeShare`;
  showState(document, "problem");
}

function setNotice(selector: "#trouble" | "#not-done", text: string): void {
  const notice = find(document, selector, HTMLElement);
  if (notice.textContent !== text) {
    setText(notice, text);
    notice.hidden = text === "";
    say(text);
  }
}
