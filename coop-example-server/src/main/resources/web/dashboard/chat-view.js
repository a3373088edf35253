/** An own chat: head, patron information, log, and where to write. */

import { h, text, show, icon, attribute, sends } from "/coop-web/dom.js";
import { fileButton, takeFiles } from "/coop-web/files.js";
import { duration } from "/coop-web/time.js";
import { staffLog, withoutBlips } from "./staff-log.js";
import { BesideView } from "./beside-view.js";
import { CannedList } from "./canned-list.js";
import { facts, patronName, origin } from "./patron-facts.js";

const OVER = {
  ended: "This chat is over.", missed: "This chat is over.", dismissed: "This chat was dismissed.",
  waiting: "You lost this chat. It waits again, and you may claim it again.", lost: "This chat is not yours any more.",
};

export class ChatView {
  #desk;
  #chat;
  #log;
  #parts;
  #told = false;
  #seen = 0;
  #canned;

  /** `act` has `end(chat)`, `handOver(chat)`, `withdraw(chat)`, `block(chat)`, `ticket(chat, known)`, `put(chat)`, `upload(chat, file, id, progress)` `save(chat, entry)` and the `office` to ask. */
  constructor(desk, chat, act) {
    this.#desk = desk;
    this.#chat = chat;
    this.#log = staffLog((message) => chat.again(message, act.upload), (entry) => act.save(chat.id, entry));
    const p = {
      origin: h("span", { class: "origin" }), name: h("bdi"), from: h("p", { class: "from", dir: "auto" }), clock: h("span", { class: "clock", role: "timer", "aria-label": "In this chat" }),
      away: h("p", { class: "banner warn", role: "status" }, "The patron is disconnected. The chat ends if they do not come back."),
      facts: h("div"), over: h("p"),
      input: h("textarea", { rows: "2", maxlength: "10000", dir: "auto" }),
      reply: h("input", { type: "radio", name: `kind-${chat.id}`, value: "reply", checked: true }),
      note: h("input", { type: "radio", name: `kind-${chat.id}`, value: "note" }),
      send: h("button", { type: "submit", class: "primary" }),
    };
    p.block = h("button", { type: "button", class: "plain small", on: { click: () => act.block(chat.id) } }, "Block this patron…");
    p.ticket = h("button", { type: "button", class: "plain small", on: { click: () => act.ticket(chat.id, this.#asked()) } }, "Open a ticket…");
    p.details = h("details", { class: "details" }, h("summary", {}, "Patron information"), p.facts, p.ticket, p.block);
    p.end = h("button", { type: "button", class: "second", on: { click: () => act.end(chat.id) } }, "End…");
    p.handOver = h("button", { type: "button", class: "second", on: { click: () => act.handOver(chat.id) } }, "Hand over…");
    p.offerText = h("span", { dir: "auto" });
    p.withdraw = h("button", { type: "button", class: "plain small", on: { click: () => act.withdraw(chat.id) } }, "Take back");
    p.offer = h("div", { class: "banner offer", role: "status" }, p.offerText, p.withdraw);
    p.put = h("button", { type: "button", class: "second", on: { click: () => act.put(chat.id) } }, "Put away");
    p.overBar = h("div", { class: "over" }, p.over, p.put);
    const share = (file) => chat.share(file, act.upload);
    p.composer = h("form", { class: "composer", on: { submit: (event) => this.#submit(event), change: () => this.#kind() } },
      p.input,
      h("div", { class: "line" },
        h("div", { class: "kinds", role: "radiogroup", "aria-label": "Write as" },
          h("label", {}, p.reply, h("span", {}, "Reply")), h("label", {}, p.note, h("span", {}, icon("note"), "Note"))),
        ...fileButton(this.#log.element, share), p.send));
    // A picture that was copied is sent as a file.
    p.input.addEventListener("paste", (event) => takeFiles(event, event.clipboardData, share));
    this.#canned = new CannedList(p.input, act.office, () => this.#names());
    p.composer.prepend(this.#canned.element);
    p.input.addEventListener("keydown", (event) => !this.#canned.key(event) && sends(event) && this.#submit(event));
    this.#parts = p;
    this.element = h("section", { class: "pane chat", dataset: { chat: chat.id } },
      h("header", { class: "bar" }, p.origin, h("div", { class: "names" }, h("h2", {}, p.name), p.from), p.clock, p.handOver, p.end),
      p.details, this.#beside(act), p.away, p.offer, this.#log.element, p.composer, p.overBar);
    this.#kind();
  }

  #beside(act) {
    this.#parts.beside = new BesideView(act.office, this.#chat).element;
    return this.#parts.beside;
  }

  /** What canned messages have placeholders for. */
  #names() {
    const started = this.#chat.started;
    return { patron: patronName(started?.patron?.name), operator: this.#desk.operator?.name, institution: started?.institution };
  }

  focus() {
    (this.#parts.composer.hidden ? this.#parts.put : this.#parts.input).focus();
  }

  /** How many messages of the patron came since this was last looked at. */
  get unread() {
    return this.#chat.fromPatron - this.#seen;
  }

  looked() {
    this.#seen = this.#chat.fromPatron;
  }

  #submit(event) {
    event.preventDefault();
    const { input, note } = this.#parts;
    if (input.value.trim() !== "") {
      note.checked ? this.#chat.note(input.value) : this.#chat.say(input.value);
      input.value = "";
      this.#log.toEnd();
    }
  }

  #kind() {
    const { note, input, send, composer } = this.#parts;
    const name = patronName(this.#chat.started?.patron?.name);
    composer.dataset.kind = note.checked ? "note" : "reply";
    attribute(input, "aria-label", note.checked ? `Internal note about ${name}` : `Message to ${name}`);
    attribute(input, "placeholder", note.checked ? "Only staff see this" : "Write a message");
    text(send, note.checked ? "Save note" : "Send");
  }

  update() {
    const p = this.#parts;
    const { phase, started, entries, outbox, patronThere } = this.#chat;
    if (started !== undefined && !this.#told) {
      this.#told = true;
      this.#introduce(started);
    }
    this.#log.update(this.#chat.id, withoutBlips(entries), outbox);
    const live = phase === "claimed";
    this.element.dataset.phase = phase;
    show(p.composer, live);
    show(p.end, live);
    show(p.block, live);
    show(p.ticket, live || phase === "ended");
    show(p.beside, live);
    const offer = this.#chat.offer;
    show(p.handOver, live);
    show(p.offer, offer !== null);
    text(p.offerText, offer ? `Offered to ${offer.to.name}. You keep the chat until somebody accepts.` : "");
    show(p.overBar, !live);
    text(p.over, OVER[phase] ?? OVER.lost);
    show(p.away, live && !patronThere);
    this.tick();
  }

  /** What a ticket begins with: what the patron asked first, and their address if it is known. */
  #asked() {
    const first = this.#chat.entries.find((entry) => entry.event === "said" && entry.author === "patron");
    return { question: first?.text, email: this.#chat.started?.patron?.email };
  }

  #introduce({ patron, institution, widget, ofMyInstitution }) {
    const p = this.#parts;
    const name = patronName(patron?.name);
    text(p.name, name);
    text(p.from, `${institution} · ${widget?.name ?? ""}`);
    attribute(this.element, "aria-label", `Chat with ${name}`);
    p.origin.replaceChildren(origin(ofMyInstitution));
    const on = this.#chat.entries.find((entry) => entry.event === "claimed" && entry.mine)?.on;
    p.facts.replaceChildren(facts({ ...patron, institution, widget: widget?.name, coop: on?.kind === "coop" ? on.name : null }));
    this.#kind();
  }

  /** What changes with the time alone. */
  tick() {
    const since = this.#chat.claimedAt;
    if (since && this.#chat.phase === "claimed") {
      text(this.#parts.clock, duration(this.#desk.now() - Date.parse(since)));
    }
  }
}
