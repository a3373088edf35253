/** The demo's log-in: choosing who one is. */

import { h, text, show } from "/coop-web/dom.js";

const by = (id) => document.getElementById(id);

/** Offers everybody of the demo, each with a link to this page signed in as them; `title` and `words` say why. */
export async function choose(title, words) {
  show(by("app"), false);
  show(by("choose"), true);
  text(by("choose-title"), title ?? by("choose-title").textContent);
  text(by("choose-text"), words ?? by("choose-text").textContent);
  try {
    const { operators } = await (await fetch("/api/demo")).json();
    by("choose-list").replaceChildren(h("ul", {}, ...operators.map((operator) => h("li", {},
      h("a", { href: `${location.pathname}?as=${encodeURIComponent(operator.id)}` },
        h("span", { class: "face", "aria-hidden": "true" }, [...operator.name][0]),
        h("span", { class: "names" }, h("bdi", { class: "me-name" }, operator.name), h("bdi", { class: "me-house" }, operator.institution)))))));
  } catch {
    text(by("choose-text"), "The server did not answer. Reload the page to try again.");
  }
}

/** Whom the address names; null for nobody. */
export function named() {
  return new URL(location.href).searchParams.get("as");
}
