/** Accounts in co-ops: who has one, and adding, changing and removing them where the server offers it; below them blocked patrons. */

import { h } from "/coop-web/dom.js";
import { ask } from "./dashboard/dialogs.js";
import { showAudit } from "./staff/audit.js";
import { blocks } from "./staff/blocks.js";
import { deskTexts } from "./staff/desk-texts.js";
import { begin, offer, say, told } from "./staff/office.js";

const LEVELS = { regular: "Regular", "institution-admin": "Institution admin", "coop-admin": "Co-op admin" };

class AccountsPage {
  #office;
  #cards = new Map();

  constructor(office, { coops }) {
    this.#office = office;
    const list = document.getElementById("list");
    coops.forEach((coop) => {
      const card = h("section", { class: "card", "aria-label": coop.name });
      this.#cards.set(coop.id, card);
      list.append(card);
      this.#load(coop);
    });
    coops.length === 0 && list.append(h("p", { class: "empty" }, "You have no place in a co-op."));
    told(() => showAudit(office, list));
  }

  #load(coop) {
    return told(async () => {
      const { accounts, candidates } = await this.#office.ask("/api/accounts", { coop: coop.id });
      this.#cards.get(coop.id).replaceChildren(
        h("h2", { dir: "auto" }, coop.name),
        accounts.length === 0 ? h("p", { class: "empty" }, "You see no accounts here.") : this.#table(coop, accounts),
        ...(candidates.length === 0 ? [] : [this.#form(coop, candidates)]));
    });
  }

  #table(coop, accounts) {
    return h("table", {},
      h("caption", { class: "unseen" }, `Accounts in ${coop.name}`),
      h("thead", {}, h("tr", {}, ...["Operator", "Level"].map((name) => h("th", { scope: "col" }, name)), h("th", { scope: "col" }, h("span", { class: "unseen" }, "Remove")))),
      h("tbody", {}, ...accounts.map((account) => this.#row(coop, account))));
  }

  #row(coop, { operator, level, levels = [], removable, mine }) {
    return h("tr", {},
      h("th", { scope: "row" }, h("bdi", {}, operator.name), mine ? h("span", { class: "tag" }, "you") : null, h("bdi", { class: "sub" }, operator.institution ?? null)),
      h("td", {}, levels.some((other) => other !== level) ? this.#levels(coop, operator, level, levels) : LEVELS[level]),
      h("td", { class: "number" }, removable
        ? h("button", { type: "button", class: "plain", "aria-label": `Remove ${operator.name}`, on: { click: () => this.#remove(coop, operator, mine) } }, "Remove…")
        : null));
  }

  #levels(coop, operator, level, levels) {
    const select = h("select", { "aria-label": `Level of ${operator.name}` });
    offer(select, named([level, ...levels]));
    select.value = level;
    select.addEventListener("change", () => this.#grant(coop, operator.id, select.value, `${operator.name} is ${LEVELS[select.value]} now.`));
    return select;
  }

  #form(coop, candidates) {
    const who = h("select");
    offer(who, candidates.map(({ operator }) => [operator.id, `${operator.name}, ${operator.institution}`]));
    const level = h("select");
    const levels = () => {
      level.replaceChildren();
      offer(level, named(candidates.find(({ operator }) => operator.id === who.value)?.levels ?? []));
    };
    who.addEventListener("change", levels);
    levels();
    return h("form", { class: "filter", on: { submit: (event) => {
      event.preventDefault();
      this.#grant(coop, who.value, level.value, `${who.selectedOptions[0].textContent} has an account now.`);
    } } },
    h("label", { class: "field" }, h("span", {}, "Add an account for"), who),
    h("label", { class: "field" }, h("span", {}, "Level"), level),
    h("div", { class: "actions" }, h("button", { type: "submit", class: "second" }, "Add")));
  }

  async #grant(coop, operator, level, words) {
    await told(async () => {
      await this.#office.act("/api/accounts/grant", { coop: coop.id, operator, level });
      say(words);
    });
    await this.#load(coop);
  }

  async #remove(coop, operator, mine) {
    const sure = await ask(mine ? "Remove your own account?" : `Remove the account of ${operator.name}?`, (done) => [
      h("p", {}, `Monitoring ${coop.name} ends at once. Chats that are claimed run to their end.`),
      h("div", { class: "actions" },
        h("button", { type: "button", class: "danger", on: { click: () => done(true) } }, "Remove"),
        h("button", { type: "button", class: "plain", autofocus: true, on: { click: () => done(null) } }, "Cancel")),
    ]);
    if (sure) {
      await told(async () => {
        await this.#office.act("/api/accounts/revoke", { coop: coop.id, operator: operator.id });
        say(`${operator.name} has no account there any more.`);
      });
      await this.#load(coop);
    }
  }
}

function named(levels) {
  return levels.toSorted((one, other) => Object.keys(LEVELS).indexOf(one) - Object.keys(LEVELS).indexOf(other)).map((level) => [level, LEVELS[level] ?? level]);
}

begin("accounts", "/api/accounts/coops", async (office, known) => {
  void new AccountsPage(office, known);
  const list = document.getElementById("list");
  await blocks(office, list);
  return deskTexts(office, list);
});
