/** A look into a waiting chat without claiming it. */

import { h, text, show, icon, attribute } from "/coop-web/dom.js";
import { duration } from "/coop-web/time.js";
import { stageName } from "./desk.js";
import { facts, patronName, origin } from "./patron-facts.js";
import { claimWords, nextLine, whatBecame } from "./waiting-view.js";

export class PreviewView {
  #desk;
  #parts;
  #shown = null;

  constructor(desk, act) {
    this.#desk = desk;
    const chat = () => this.#shown?.chat;
    const p = {
      origin: h("span", { class: "origin" }), name: h("bdi"), from: h("p", { class: "from", dir: "auto" }), clock: h("span", { class: "clock", role: "timer", "aria-label": "Waiting" }),
      question: h("blockquote", { dir: "auto" }), none: h("p", { class: "about" }, "No question was asked before the chat."),
      facts: h("div"), open: h("ul", { class: "stages", "aria-label": "Who can answer" }), next: h("p", { class: "next big", role: "timer" }),
      gone: h("p", { class: "banner", role: "status" }), offer: h("p", { class: "banner offer", role: "status", dir: "auto" }),
    };
    p.claim = h("button", { type: "button", class: "primary", on: { click: () => act.claim(chat()) } }, "Claim chat");
    p.hurry = h("button", { type: "button", class: "second", on: { click: () => act.hurry(chat()) } });
    p.dismiss = h("button", { type: "button", class: "plain", on: { click: () => act.dismiss(chat()) } }, "Dismiss…");
    p.close = h("button", { type: "button", class: "plain small", "aria-label": "Close the preview", on: { click: () => act.closePreview() } }, icon("close"));
    p.who = h("div", { class: "who-can" }, h("h3", {}, "Who can answer"), p.open, p.next);
    p.title = h("h2", { tabindex: "-1" }, p.name);
    p.actions = h("div", { class: "actions" }, p.claim, p.hurry, p.dismiss);
    this.#parts = p;
    this.element = h("section", { class: "pane preview", "aria-label": "Preview", on: { keydown: (event) => event.key === "Escape" && act.closePreview() } },
      h("header", { class: "bar" }, p.origin, h("div", { class: "names" }, p.title, p.from), p.clock, p.close),
      p.gone, p.offer,
      h("div", { class: "scroll" }, p.question, p.none, p.facts, p.who),
      p.actions);
  }

  focus() {
    this.#parts.title.focus();
  }

  /** Shows `summary`; `gone` says what became of it where it left the list, `lost` that it is not there for this librarian now. */
  update(summary, gone, lost) {
    const p = this.#parts;
    if (summary !== this.#shown) {
      this.#fill(summary);
    }
    const there = !gone && !lost;
    const focused = p.actions.contains(document.activeElement);
    show(p.actions, there);
    if (focused && !there) {
      this.focus();
    }
    show(p.gone, !there);
    show(p.who, there && !summary.offer);
    if (gone && p.gone.of !== gone) {
      p.gone.of = gone;
      p.gone.replaceChildren("This chat was ", ...whatBecame(gone));
    } else if (lost && !gone) {
      text(p.gone, "This chat is not yours to claim any more.");
    }
    const busy = this.#desk.claiming.has(summary.chat);
    const offer = summary.offer;
    text(p.claim, busy ? claimWords(summary, busy) : `${claimWords(summary, busy)} chat`);
    text(p.dismiss, offer ? "Decline" : "Dismiss…");
    show(p.offer, there && Boolean(offer));
    text(p.offer, offer ? `${offer.by} of ${offer.institution} would like to hand this chat over to ${offer.to.kind === "operator" ? "you" : offer.to.name}.` : "");
    attribute(p.claim, "aria-disabled", busy ? "true" : null);
    this.there = there;
    this.tick();
  }

  #fill(summary) {
    const p = this.#parts;
    if (this.#shown?.ofMyInstitution !== summary.ofMyInstitution) {
      p.origin.replaceChildren(origin(summary.ofMyInstitution));
    }
    this.#shown = summary;
    text(p.name, patronName(summary.patronName));
    text(p.from, `${summary.institution} · ${summary.widget}`);
    show(p.question, Boolean(summary.question));
    show(p.none, !summary.question);
    text(p.question, summary.question ?? "");
    const coops = summary.open.filter(({ kind, backup }) => kind === "coop" && !backup).map(({ name }) => name);
    p.facts.replaceChildren(facts({ ...summary, coop: coops.join(", ") }));
    p.open.replaceChildren(...summary.open.map((stage) => h("li", {}, icon("check"), h("bdi", {}, stageName(stage)))));
    show(p.hurry, Boolean(summary.next));
    p.hurry.replaceChildren(icon("bolt"), summary.next ? `Bring ${stageName(summary.next)} in now` : "");
  }

  /** What changes with the time alone. */
  tick() {
    if (this.#shown === null) {
      return;
    }
    const now = this.#desk.now();
    const line = this.there ? nextLine(this.#shown, now) : "";
    text(this.#parts.clock, this.there ? duration(now - Date.parse(this.#shown.startedAt)) : "");
    this.#parts.next.dataset.counting = String(line !== "");
    text(this.#parts.next, line || (this.there ? "Nothing more opens by time." : ""));
  }
}
