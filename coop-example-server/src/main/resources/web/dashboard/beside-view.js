/** What stands beside an own chat: the card of the patron's library (F4) and its FAQ (F1, F2). */

import { h, text, marked } from "/coop-web/dom.js";
import { reason } from "../staff/office.js";

export class BesideView {
  #office;
  #chat;
  #words = h("input", { type: "search", maxlength: "200", "aria-label": "Search the FAQ", placeholder: "Search the FAQ", dir: "auto" });
  #rows = h("ul", { class: "faq-rows" });
  #about = h("p", { class: "about", role: "status" });
  #card = h("div", { class: "library-card" });
  #asked = false;

  constructor(office, chat) {
    this.#office = office;
    this.#chat = chat;
    this.element = h("details", { class: "details beside", on: { toggle: () => this.#opened() } },
      h("summary", {}, "Library card and FAQ"),
      this.#card,
      h("form", { class: "faq-search", role: "search", on: { submit: (event) => this.#search(event) } }, this.#words, h("button", { type: "submit", class: "second small" }, "Search")),
      this.#about, this.#rows);
  }

  async #told(asking) {
    try {
      await asking();
    } catch (failed) {
      text(this.#about, reason(failed));
    }
  }

  #opened() {
    if (this.element.open && !this.#asked) {
      this.#asked = true;
      this.#told(async () => this.#show(await this.#office.ask("/api/faq/card", { chat: this.#chat.id })));
    }
  }

  #show({ hours, phone, alerts, links, reviewed }) {
    const lines = [["Hours", hours], ["Phone", phone]].filter(([, value]) => value !== "");
    this.#card.replaceChildren(
      ...(alerts === "" ? [] : [h("p", { class: "banner warn", dir: "auto" }, alerts)]),
      ...(lines.length + links.length === 0 ? [h("p", { class: "about" }, "The library has filled in no card.")] : []),
      ...lines.map(([name, value]) => h("p", {}, h("b", {}, `${name}: `), h("bdi", {}, value))),
      ...links.map(({ name, url }) => h("p", {}, h("a", { href: url, target: "_blank", rel: "noopener noreferrer", dir: "auto" }, name))),
      ...(reviewed ? [h("p", { class: "about" }, `Last reviewed ${reviewed}`)] : []));
  }

  async #search(event) {
    event.preventDefault();
    await this.#told(async () => {
      const { rows } = await this.#office.ask("/api/faq", { chat: this.#chat.id, words: this.#words.value });
      this.#rows.replaceChildren(...rows.map((row) => this.#row(row)));
      text(this.#about, rows.length === 0 ? "Nothing was found." : `${rows.length} found`);
    });
  }

  #row({ entry, group, title, snippet, link, reviewed }) {
    const staff = group.visibility === "staffing";
    const body = h("p", { class: "faq-text", dir: "auto" }, ...marked(snippet));
    const actions = h("div", { class: "faq-actions" },
      h("button", { type: "button", class: "plain small", on: { click: () => this.#open(entry, staff, body) } }, "Read"),
      group.sendable ? h("button", { type: "button", class: "second small", on: { click: (event) => this.#send(entry, event.target) } }, "Send to the patron") : null,
      link ? h("a", { href: link, target: "_blank", rel: "noopener noreferrer" }, "Page") : null);
    return h("li", { class: staff ? "faq-row staff" : "faq-row", dataset: { entry } },
      h("h3", { dir: "auto" }, ...marked(title)),
      h("p", { class: "about" }, staff ? h("b", {}, "For staff only, do not send") : group.name, reviewed ? ` · reviewed ${reviewed}` : ""),
      body, actions);
  }

  #open(entry, staff, body) {
    return this.#told(async () => {
      const read = await this.#office.ask(staff ? "/api/faq/staffing" : "/api/faq/entry", { chat: this.#chat.id, entry });
      text(body, read.text);
    });
  }

  #send(entry, button) {
    button.disabled = true;
    return this.#told(async () => {
      try {
        await this.#office.act("/api/faq/send", { chat: this.#chat.id, entry, id: crypto.randomUUID() });
        text(button, "Sent");
      } catch (failed) {
        button.disabled = false;
        throw failed;
      }
    });
  }
}
