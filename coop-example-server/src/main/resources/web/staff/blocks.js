/** Patrons who are blocked at the library or in a co-op: seen and lifted by its admins (C15). */

import { h } from "/coop-web/dom.js";
import { say, told } from "./office.js";

/** Puts a card for every place whose blocks this operator sees behind the nodes of `list`. */
export async function blocks(office, list) {
  await told(async () => {
    const { scopes } = await office.ask("/api/blocks/scopes");
    scopes.forEach((scope) => {
      const card = h("section", { class: "card", "aria-label": `Blocked patrons, ${scope.name}` });
      list.append(card);
      load(office, scope, card);
    });
  });
}

function load(office, scope, card) {
  return told(async () => {
    const { blocks: found } = await office.ask("/api/blocks", { scope: scope.scope, of: scope.of });
    card.replaceChildren(
      h("h2", { dir: "auto" }, `Blocked patrons, ${scope.name}`),
      found.length === 0 ? h("p", { class: "empty" }, "Nobody is blocked.") : table(office, scope, found, card));
  });
}

function table(office, scope, found, card) {
  const columns = ["Reason", "Known by", "Until", "Blocked by"];
  return h("table", {},
    h("caption", { class: "unseen" }, `Blocked patrons, ${scope.name}`),
    h("thead", {}, h("tr", {}, ...columns.map((name) => h("th", { scope: "col" }, name)), h("th", { scope: "col" }, h("span", { class: "unseen" }, "Lift")))),
    h("tbody", {}, ...found.map((block) => row(office, scope, block, card))));
}

function row(office, scope, block, card) {
  const known = [block.byKey ? "key" : null, block.byAddress ? "address" : null].filter((one) => one !== null).join(", ");
  return h("tr", {},
    h("th", { scope: "row" }, h("bdi", {}, block.reason)),
    h("td", {}, known),
    h("td", {}, new Date(block.until).toLocaleString()),
    h("td", {}, h("bdi", {}, block.by.name)),
    h("td", { class: "number" }, block.over
      ? h("span", { class: "tag" }, block.liftedBy ? `lifted by ${block.liftedBy.name}` : "over")
      : h("button", { type: "button", class: "plain", on: { click: () => lift(office, scope, block, card) } }, "Lift")));
}

async function lift(office, scope, block, card) {
  await told(async () => {
    await office.act("/api/blocks/lift", { scope: scope.scope, of: scope.of, block: block.block });
    say("The block is lifted.");
  });
  await load(office, scope, card);
}
