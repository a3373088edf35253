/** Who did what of the own library's people and things: for its local admins, below their accounts. */

import { h } from "/coop-web/dom.js";
import { offer, told } from "./office.js";

const ROLES = { patron: "a patron", host: "the system’s administrator", system: "the system" };
const KINDS = { chat: "chat", transcripts: "transcripts of", operator: "", department: "department", coop: "", account: "account of", membership: "membership of", widget: "widget", institution: "", "faq-entry": "entry", deployment: "" };
const RESULTS = [["", "All"], ["done", "Done"], ["refused", "Refused"]];

/** Adds the part to `list`, if the one who looks may read it. */
export async function showAudit(office, list) {
  const choices = await office.ask("/api/audit/choices");
  if (choices.may) {
    list.append(new Audit(office, choices).element);
  }
}

class Audit {
  element;
  #office;
  #form;
  #rows = h("tbody");
  #empty = h("p", { class: "empty", role: "status" });
  #query = {};
  #more;
  #next = null;

  constructor(office, { operators, operations }) {
    this.#office = office;
    this.#form = h("form", { class: "filter", on: { submit: (event) => {
      event.preventDefault();
      this.#begin();
    } } },
    field("Person", "operator", [["", "Anybody"], ...operators.map(({ id, name }) => [id, name])]),
    field("Operation", "operation", [["", "Any"], ...operations.map((word) => [word, words(word)])]),
    field("Result", "result", RESULTS),
    h("div", { class: "actions" }, h("button", { type: "submit", class: "second" }, "Show")));
    this.#more = h("button", { type: "button", class: "second", hidden: true, on: { click: () => this.#load(this.#next) } }, "Show more");
    this.element = h("section", { class: "card", id: "audit", "aria-label": "Who did what" },
      h("h2", {}, "Who did what"),
      h("p", { class: "about" }, "What took an admin’s rights, and what was refused: of this library’s people and things."),
      this.#form,
      h("table", {}, h("caption", { class: "unseen" }, "Who did what"),
        h("thead", {}, h("tr", {}, ...["When", "Who", "What", "Result"].map((name) => h("th", { scope: "col" }, name)))), this.#rows),
      this.#empty, h("div", { class: "actions" }, this.#more));
    this.#begin();
  }

  #begin() {
    this.#query = Object.fromEntries(new FormData(this.#form));
    this.#rows.replaceChildren();
    return this.#load(null);
  }

  #load(cursor) {
    return told(async () => {
      const { rows, next = null } = await this.#office.ask("/api/audit", { ...this.#query, cursor });
      this.#rows.append(...rows.map(row));
      this.#next = next;
      this.#more.hidden = next === null;
      this.#empty.textContent = this.#rows.children.length === 0 ? "Nothing that fits." : "";
    });
  }
}

function row({ at, who, operation, thing, refused, counts }) {
  const numbers = Object.entries(counts).map(([name, count]) => `${count} ${words(name).toLowerCase()}`).join(", ");
  return h("tr", {},
    h("td", {}, h("time", { datetime: at }, new Date(at).toLocaleString())),
    h("th", { scope: "row" }, h("bdi", {}, who.name ?? ROLES[who.role] ?? who.role), h("bdi", { class: "sub" }, who.institution ?? null)),
    h("td", {}, words(operation), h("span", { class: "sub" }, `${KINDS[thing.kind] ?? thing.kind} `, h("bdi", {}, thing.name ?? thing.id), thing.within ? " in " : null, thing.within ? h("bdi", {}, thing.within) : null)),
    h("td", {}, refused ? `Refused: ${words(refused).toLowerCase()}` : "Done", numbers ? h("span", { class: "sub" }, numbers) : null));
}

function field(name, key, options) {
  const select = h("select", { name: key });
  offer(select, options);
  return h("label", { class: "field" }, h("span", {}, name), select);
}

/** `read-at-home` as people write it. */
function words(word) {
  const spaced = word.replaceAll("-", " ");
  return `${spaced.charAt(0).toUpperCase()}${spaced.slice(1)}`;
}
