/** Staff chat: the rooms one is in, who is there, what was said, and where to write (I1). */

import { h, text, show, arrange, attribute, icon, linked, sends } from "/coop-web/dom.js";
import { clockTime } from "/coop-web/time.js";

const GROUPS = { coop: "Co-ops", department: "Departments", institution: "Library", pair: "People" };

export class RoomsView {
  element;
  #rooms;
  #parts;
  #buttons = new Map();
  #lines = new Map();

  /** `close()` puts the pane away. */
  constructor(rooms, close) {
    this.#rooms = rooms;
    const p = {
      list: h("nav", { class: "rooms", "aria-label": "Rooms" }), name: h("bdi"), people: h("p", { class: "from", dir: "auto" }),
      log: h("ol", { class: "log talk", role: "log", "aria-label": "Staff chat", tabindex: "0" }),
      none: h("p", { class: "about" }, "Sign in, and turn on what you answer: the rooms you are in show up here."),
      input: h("textarea", { rows: "2", maxlength: "10000", dir: "auto", "aria-label": "Write to the room" }),
      send: h("button", { type: "submit", class: "primary" }, icon("send"), "Send"),
    };
    p.title = h("h2", { tabindex: "-1" }, p.name);
    p.composer = h("form", { class: "composer", on: { submit: (event) => this.#submit(event) } }, p.input, h("div", { class: "line" }, p.send));
    p.input.addEventListener("keydown", (event) => sends(event) && this.#submit(event));
    this.#parts = p;
    this.element = h("section", { class: "pane talks", "aria-label": "Staff chat", on: { keydown: (event) => event.key === "Escape" && close() } },
      h("header", { class: "bar" }, h("div", { class: "names" }, p.title, p.people),
        h("button", { type: "button", class: "plain small", "aria-label": "Close the staff chat", on: { click: close } }, icon("close"))),
      p.list, p.none, p.log, p.composer);
    rooms.addEventListener("change", () => this.update());
  }

  focus() {
    this.#parts.title.focus();
  }

  update() {
    const { open, chosen } = this.#rooms;
    const p = this.#parts;
    arrange(p.list, Object.keys(GROUPS).flatMap((kind) => open.filter((one) => one.room.kind === kind)).map((one) => this.#button(one)));
    const room = open.find(({ key }) => key === chosen);
    text(p.name, room?.name ?? "Staff chat");
    text(p.people, room ? room.people.map(({ name, mine }) => (mine ? "you" : name)).join(", ") : "");
    show(p.none, open.length === 0);
    show(p.log, Boolean(room));
    show(p.composer, Boolean(room));
    const atEnd = p.log.scrollHeight - p.log.scrollTop - p.log.clientHeight < 40;
    arrange(p.log, room ? this.#rooms.posts(chosen).map((post) => this.#line(chosen, post)) : []);
    if (atEnd) {
      p.log.scrollTop = p.log.scrollHeight;
    }
    if (room && !document.hidden && this.element.isConnected) {
      this.#rooms.seen(chosen);
    }
  }

  #button({ key, name, room, unread }) {
    if (!this.#buttons.has(key)) {
      const label = h("bdi");
      const badge = h("span", { class: "count" });
      const element = h("button", { type: "button", dataset: { kind: room.kind }, on: { click: () => this.#rooms.choose(key) } }, label, badge);
      this.#buttons.set(key, { element, label, badge });
    }
    const { element, label, badge } = this.#buttons.get(key);
    text(label, name);
    text(badge, String(unread));
    show(badge, unread > 0);
    attribute(badge, "aria-label", `${unread} new`);
    attribute(element, "aria-current", key === this.#rooms.chosen ? "true" : null);
    return element;
  }

  #line(key, post) {
    const name = `${key} ${post.seq}`;
    if (!this.#lines.has(name)) {
      this.#lines.set(name, h("li", { class: post.mine ? "said mine" : "said" },
        h("p", { class: "by-line" }, h("bdi", { class: "by" }, post.mine ? "You" : post.by), ` ${clockTime(post.at)}`),
        h("p", { class: "words", dir: "auto" }, ...linked(post.text))));
    }
    return this.#lines.get(name);
  }

  async #submit(event) {
    event.preventDefault();
    const words = this.#parts.input.value;
    if (words.trim() !== "" && (await this.#rooms.post(words))) {
      this.#parts.input.value = "";
    }
  }
}
