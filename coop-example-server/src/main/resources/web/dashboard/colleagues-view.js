/** Colleagues of the own library who are there, as far as the desks and co-ops of this librarian show them; admins may end a session (P5). */

import { h, show, arrange } from "/coop-web/dom.js";

const STATUSES = { online: "online", away: "away", finishing: "finishing", internal: "internal", offline: "offline" };

export class ColleaguesView {
  element;
  #desk;
  #endSession;
  #lines = h("ul", { class: "house" });

  /** `endSession(colleague)` asks before it does. */
  constructor(desk, endSession) {
    this.#desk = desk;
    this.#endSession = endSession;
    this.element = h("section", { "aria-labelledby": "house-title" }, h("h2", { id: "house-title" }, "Colleagues online"), this.#lines);
  }

  update() {
    const house = this.#desk.house;
    show(this.element, house.length > 0);
    // A line that says the same as before stays: the focus may be on its button.
    const before = new Map([...this.#lines.children].map((line) => [line.dataset.says, line]));
    arrange(this.#lines, house.map((colleague) => before.get(says(colleague)) ?? this.#line(colleague)));
  }

  #line(colleague) {
    const { name, status, openChats, mayEnd } = colleague;
    const chats = openChats === 1 ? "1 chat" : `${openChats} chats`;
    return h("li", { dataset: { says: says(colleague) } },
      h("span", { class: `dot dot-${status}`, "aria-hidden": "true" }),
      h("span", { class: "house-name" }, h("bdi", {}, name), h("span", { class: "others" }, `${STATUSES[status] ?? status}, ${chats}`)),
      mayEnd
        ? h("button", { type: "button", class: "plain", "aria-label": `End the session of ${name}`, on: { click: () => this.#endSession(colleague) } }, "End…")
        : null);
  }
}

function says({ id, name, status, openChats, mayEnd }) {
  return JSON.stringify([id, name, status, openChats, mayEnd]);
}
