/** Canned messages (M6): a line that begins with a slash lists them; arrows choose, Enter takes one into the line, Escape leaves it. */

import { h, show, attribute } from "/coop-web/dom.js";

const MOST = 8;

export class CannedList {
  #input;
  #office;
  #facts;
  #asked = null;
  #found = [];
  #chosen = 0;

  /** `facts` gives `{patron, operator, institution}` for the placeholders. */
  constructor(input, office, facts) {
    this.#input = input;
    this.#office = office;
    this.#facts = facts;
    this.element = h("ul", { class: "canned", role: "listbox", "aria-label": "Canned messages", id: `canned-${crypto.randomUUID()}`, hidden: true });
    attribute(input, "aria-controls", this.element.id);
    input.addEventListener("input", () => this.#look());
    input.addEventListener("blur", () => setTimeout(() => this.#close(), 200));
  }

  get open() {
    return this.#found.length > 0;
  }

  /** Whether the key was for the list. */
  key(event) {
    if (!this.open) {
      return false;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.#chosen = (this.#chosen + step + this.#found.length) % this.#found.length;
      this.#draw();
    } else if (event.key === "Enter" || event.key === "Tab") {
      this.#take(this.#found[this.#chosen]);
    } else if (event.key === "Escape") {
      this.#close();
    } else {
      return false;
    }
    event.preventDefault();
    return true;
  }

  /** The messages, asked for once; a question that failed is asked again with what is typed next. */
  #messages() {
    this.#asked ??= this.#office.ask("/api/canned/mine").then(
      ({ scopes }) => scopes.flatMap(({ name, messages }) => messages.map((message) => ({ ...message, of: name }))),
      () => {
        this.#asked = null;
        return [];
      });
    return this.#asked;
  }

  async #look() {
    if (!this.#input.value.startsWith("/")) {
      return this.#close();
    }
    const messages = await this.#messages();
    const typed = this.#input.value;
    const words = typed.slice(1).toLocaleLowerCase();
    this.#found = typed.startsWith("/") ? messages.filter(({ title }) => title.toLocaleLowerCase().includes(words)).slice(0, MOST) : [];
    this.#chosen = 0;
    return this.#draw();
  }

  #draw() {
    this.element.replaceChildren(...this.#found.map((message, index) =>
      h("li", { role: "option", id: `${this.element.id}-${index}`, "aria-selected": String(index === this.#chosen), on: { mousedown: (event) => { event.preventDefault(); this.#take(message); } } },
        h("b", { dir: "auto" }, message.title), h("span", { class: "about" }, message.of))));
    show(this.element, this.open);
    attribute(this.#input, "aria-activedescendant", this.open ? `${this.element.id}-${this.#chosen}` : null);
  }

  #take({ text }) {
    const facts = this.#facts();
    this.#input.value = text.replace(/\{(patron|operator|institution)\}/gu, (all, name) => facts[name] ?? all);
    this.#close();
    this.#input.focus();
  }

  #close() {
    this.#found = [];
    this.#draw();
  }
}
