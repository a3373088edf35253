/** A conversation as a log that grows at its end: what both sides of a chat share of showing it. */

import { h, text, arrange, linked } from "./dom.js";
import { t } from "./texts.js";
import { clockTime } from "./time.js";

const NEAR_END = 60;

/**
 * Shows entries, each built once by `build(entry, before)` (a node or null), where `before` is what `next` made of the entries
 * before it, beginning with `first`; and behind them the messages under way. `again(message)` sends a refused one anew.
 */
export class LogList {
  element = h("div", { class: "log", role: "log", "aria-label": t("conversation"), tabindex: "0" });
  #how;
  #built = new Map();
  #underWay = new Map();
  #following = true;
  #chat = null;

  constructor(how) {
    this.#how = how;
    this.element.addEventListener("scroll", () => (this.#following = this.#atEnd));
    new ResizeObserver(() => this.#following && this.toEnd()).observe(this.element);
  }

  /** Shows the log of this chat; what was built for another one is forgotten. */
  update(chat, entries, outbox) {
    if (chat !== this.#chat) {
      this.#chat = chat;
      this.#built.clear();
      this.#underWay.clear();
    }
    let before = this.#how.first;
    const nodes = [];
    for (const entry of entries) {
      const key = `${entry.seq} ${(entry.text ?? entry.fileName) === undefined}`;
      if (!this.#built.has(key)) {
        this.#built.set(key, this.#how.build(entry, before));
      }
      nodes.push(this.#built.get(key));
      before = this.#how.next(entry, before);
    }
    this.#underWay.forEach((_, message) => outbox.includes(message) || this.#underWay.delete(message));
    const newest = this.element.lastElementChild;
    arrange(this.element, [...nodes.filter((node) => node !== null), ...outbox.map((message) => this.#sending(message))]);
    if (this.#following && this.element.lastElementChild !== newest) {
      this.toEnd();
    }
  }

  /** Shows the newest, and from then on what comes, until the reader scrolls up. */
  toEnd() {
    this.#following = true;
    this.element.scrollTop = this.element.scrollHeight;
  }

  get #atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < NEAR_END;
  }

  #sending(message) {
    if (!this.#underWay.has(message)) {
      const state = h("span");
      const again = h("button", { type: "button", class: "again", on: { click: () => this.#how.again(message) } }, t("message.again"));
      const node = h("div", { class: `message mine under-way${message.note ? " internal" : ""}` },
        h("p", { class: "bubble", dir: "auto" }, message.text), h("p", { class: "meta" }, state, again));
      this.#underWay.set(message, { node, state, again });
    }
    const { node, state, again } = this.#underWay.get(message);
    const share = message.progress === undefined ? "" : ` ${Math.floor(message.progress * 100)} %`;
    text(state, message.failed ? `${t("message.not-sent")} ${message.reason ?? ""}` : `${t("message.sending")}${share}`);
    again.hidden = !message.failed || message.final === true;
    return node;
  }
}

/** A message: bubble, and above it, unless the same person goes on, who said it and when. */
export function messageNode(entry, { kind, speaker, goesOn, file = null }) {
  const bubble = file ?? said(entry);
  const meta = goesOn ? null : h("p", { class: "meta" }, ...speaker, h("time", { datetime: entry.at }, clockTime(entry.at)));
  return h("div", { class: `message ${kind}` }, meta, bubble);
}

function said(entry) {
  return entry.text === undefined
    ? h("p", { class: "bubble gone" }, t("message.removed"))
    : h("p", { class: "bubble", dir: "auto" }, linked(entry.text));
}

/** A line in between: what happened, and when. */
export function eventNode(entry, words) {
  return words === null
    ? null
    : h("div", { class: `event ${entry.event}` }, h("span", {}, ...words), h("time", { datetime: entry.at }, clockTime(entry.at)));
}

/** Tells speakers apart, so that what one says in a row is shown as one. */
export function speakerKey({ event, author, name, institution, note }) {
  return event === "said" || event === "file-shared" ? JSON.stringify([author, name, institution, Boolean(note)]) : null;
}
