/** The list of waiting chats, and what became of those that just left it. */

import { h, text, show, icon, arrange, attribute } from "/coop-web/dom.js";
import { duration, countdown, clockTime } from "/coop-web/time.js";
import { stageName } from "./desk.js";
import { patronName, origin } from "./patron-facts.js";

const LONG = 60_000;

export class WaitingView {
  #desk;
  #act;
  #parts;
  #items = new Map();
  #gone = new Map();

  /** `act` has `preview(chat)`, `claim(chat)` (or accept), `hurry(chat)`, `dismiss(chat)` (or decline), and `previewed()`: the chat shown beside. */
  constructor(element, desk, act) {
    this.#desk = desk;
    this.#act = act;
    const p = {
      count: h("span", { class: "count" }),
      list: h("ul", { class: "items", "aria-labelledby": "inbox-title", on: { keydown: (event) => this.#key(event) } }),
      empty: h("div", { class: "empty" }),
      emptyText: h("p"),
      more: h("p", { class: "more" }),
      goneList: h("ul", { class: "gone" }),
    };
    p.empty.append(icon("check"), p.emptyText);
    p.keys = h("p", { class: "keys" },
      h("kbd", {}, "↑"), h("kbd", {}, "↓"), " choose ", h("kbd", {}, "C"), " claim ", h("kbd", {}, "N"), " next in ", h("kbd", {}, "D"), " dismiss");
    p.goneBox = h("section", { class: "gone-box", "aria-labelledby": "gone-title" }, h("h3", { id: "gone-title" }, "Just gone"), p.goneList);
    this.#parts = p;
    element.append(
      h("header", { class: "bar" }, h("h2", { id: "inbox-title" }, "Waiting"), p.count),
      h("div", { class: "scroll" }, p.list, p.more, p.empty, p.goneBox),
      p.keys);
  }

  update() {
    const p = this.#parts;
    const list = this.#desk.list;
    const focused = [...this.#items.values()].findIndex(({ element }) => element.contains(document.activeElement));
    this.#items.forEach((_, chat) => this.#desk.waiting.has(chat) || this.#items.delete(chat));
    arrange(p.list, list.map((summary) => this.#item(summary).element));
    if (focused >= 0 && !p.list.contains(document.activeElement) && document.activeElement === document.body) {
      (list.length > 0 ? this.#item(list[Math.min(focused, list.length - 1)]).open : p.list.closest("section")).focus();
    }
    text(p.count, String(this.#desk.waitingTotal));
    p.count.dataset.some = String(list.length > 0);
    const hidden = this.#desk.waitingTotal - list.length;
    show(p.more, hidden > 0);
    text(p.more, `and ${hidden} more`);
    show(p.empty, list.length === 0);
    show(p.keys, list.length > 0);
    text(p.emptyText, this.#why());
    this.#updateGone();
    this.tick();
  }

  #why() {
    const { self } = this.#desk;
    if (self === null || !self.signedIn || self.status === "offline") {
      return "You are signed out.";
    }
    if (self.status === "internal" || self.status === "finishing") {
      return "No new chats reach you in this status.";
    }
    return self.options.some((option) => option.on) ? "Nobody is waiting." : "You monitor nothing yet.";
  }

  // ---- One chat ------------------------------------------------------------------------------------------------------

  #item(summary) {
    if (!this.#items.has(summary.chat)) {
      this.#items.set(summary.chat, this.#build(summary.chat));
    }
    const item = this.#items.get(summary.chat);
    item.summary = summary;
    const name = patronName(summary.patronName);
    text(item.name, name);
    text(item.house, summary.institution);
    text(item.widget, summary.widget);
    if (item.mine !== summary.ofMyInstitution) {
      item.mine = summary.ofMyInstitution;
      item.origin.replaceChildren(origin(item.mine));
    }
    show(item.question, Boolean(summary.question));
    text(item.question, summary.question ?? "");
    show(item.returned, summary.returned);
    show(item.away, !summary.patronThere);
    attribute(item.element, "data-chosen", this.#act.previewed() === summary.chat);
    attribute(item.open, "aria-pressed", String(this.#act.previewed() === summary.chat));
    const offer = summary.offer;
    show(item.offer, Boolean(offer));
    text(item.offer, offer ? `offered by ${offer.by}` : "");
    attribute(item.element, "data-offered", offer ? "true" : null);
    attribute(item.claim, "aria-label", `${offer ? "Accept" : "Claim"} the chat of ${name}`);
    const busy = this.#desk.claiming.has(summary.chat);
    text(item.claim, claimWords(summary, busy));
    attribute(item.claim, "aria-disabled", busy ? "true" : null);
    return item;
  }

  #build(chat) {
    const item = {
      name: h("bdi"), house: h("bdi"), widget: h("bdi", { class: "widget" }), origin: h("span", { class: "origin" }), clock: h("span", { class: "clock", role: "timer", "aria-label": "Waiting" }),
      question: h("p", { class: "question", dir: "auto" }), next: h("p", { class: "next" }),
      offer: h("span", { class: "tag offer", dir: "auto" }), returned: h("span", { class: "tag warn" }, "returned"), away: h("span", { class: "tag warn" }, "patron disconnected"),
    };
    item.open = h("button", { type: "button", class: "open", on: { click: () => this.#act.preview(chat) } }, item.name);
    item.claim = h("button", { type: "button", class: "claim", on: { click: () => this.#act.claim(chat) } }, "Claim");
    item.element = h("li", { class: "item", dataset: { chat } },
      h("div", { class: "line" }, item.origin, item.open, item.offer, item.returned, item.away, item.clock),
      h("p", { class: "from" }, item.house, " · ", item.widget), item.question,
      h("div", { class: "line foot" }, item.next, item.claim));
    return item;
  }

  #key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const items = this.#desk.list.map(({ chat }) => this.#items.get(chat));
    const at = items.findIndex(({ element }) => element.contains(event.target));
    const chat = items[at]?.summary.chat;
    const does = {
      ArrowDown: () => items[Math.min(at + 1, items.length - 1)].open.focus(),
      ArrowUp: () => items[Math.max(at - 1, 0)].open.focus(),
      c: () => this.#act.claim(chat), n: () => items[at].summary.next && this.#act.hurry(chat), d: () => this.#act.dismiss(chat),
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (chat !== undefined && does !== undefined) {
      event.preventDefault();
      does();
    }
  }

  // ---- What just left ------------------------------------------------------------------------------------------------

  #updateGone() {
    const { gone } = this.#desk;
    const keep = new Set(gone);
    this.#gone.forEach((_, one) => keep.has(one) || this.#gone.delete(one));
    arrange(this.#parts.goneList, gone.map((one) => this.#goneItem(one)));
    show(this.#parts.goneBox, gone.length > 0);
  }

  #goneItem(one) {
    if (!this.#gone.has(one)) {
      const away = h("button", { type: "button", class: "plain small", "aria-label": "Put away", on: { click: () => this.#desk.forgetGone(one.chat) } }, icon("close"));
      this.#gone.set(one, h("li", {}, h("div", {}, h("bdi", { class: "gone-name" }, patronName(one.summary.patronName)), h("p", {}, ...whatBecame(one))), away));
    }
    return this.#gone.get(one);
  }

  /** What changes with the time alone. */
  tick() {
    const now = this.#desk.now();
    this.#items.forEach(({ summary, clock, next }) => {
      const waited = now - Date.parse(summary.startedAt);
      text(clock, duration(waited));
      clock.dataset.long = String(waited >= LONG);
      text(next, nextLine(summary, now));
    });
  }
}

/** What the button says that makes a chat one's own. */
export function claimWords({ offer }, busy) {
  if (offer) {
    return busy ? "Accepting…" : "Accept";
  }
  return busy ? "Claiming…" : "Claim";
}

/** `Academic Co-Op in 12 s`, or how long an offer can be accepted; empty where nothing more opens by time. */
export function nextLine({ next, nextAt, offer }, now) {
  if (offer) {
    return `can be accepted for ${countdown(Math.max(0, Date.parse(offer.expiresAt) - now))}`;
  }
  if (!next || !nextAt) {
    return "";
  }
  const left = Date.parse(nextAt) - now;
  return left > 0 ? `${stageName(next)} in ${countdown(left)}` : `${stageName(next)} now`;
}

/** What became of a chat that left the list. */
export function whatBecame({ reason, claimedBy, claimedOf, at }) {
  const time = h("time", { datetime: at }, clockTime(at));
  if (reason === "claimed" && claimedBy) {
    return ["claimed by ", h("bdi", { class: "by" }, claimedBy), " of ", h("bdi", { class: "by" }, claimedOf), " · ", time];
  }
  return [reason === "claimed" ? "claimed" : "over", " · ", time];
}
