/** Searching the library's public answers where nobody is there (W5, F1). What is found is text; marked words are elements of our own. */

import { h, text, show, marked, webAddress } from "../dom.js";
import { t } from "../texts.js";

export class FaqView {
  #input = h("input", { type: "search", id: "faq-words", maxlength: "200", dir: "auto", autocomplete: "off" });
  #list = h("ul", { class: "hits" });
  #none = h("p", { class: "hint", role: "status" });
  #search;
  #asked = 0;

  /** `search(words)` resolves with `{hits}`, or with null where nothing can be searched. */
  constructor(search) {
    this.#search = search;
    this.element = h("form", { class: "faq", role: "search", hidden: true, on: { submit: (event) => this.#submit(event) } },
      h("div", { class: "field" }, h("label", { for: "faq-words" }, t("faq.label")), this.#input),
      h("button", { class: "quiet", type: "submit" }, t("faq.search")), this.#none, this.#list);
  }

  /** Shown once it is known that there is something to search. */
  async probe() {
    if (this.#asked++ === 0) {
      show(this.element, (await this.#search("")) !== null);
    }
  }

  async #submit(event) {
    event.preventDefault();
    const asked = ++this.#asked;
    const found = await this.#search(this.#input.value);
    if (asked === this.#asked) {
      this.#list.replaceChildren(...(found?.hits ?? []).map(hit));
      text(this.#none, found === null ? t("unreachable") : found.hits.length === 0 ? t("faq.none") : "");
    }
  }
}

function hit({ title, snippet, link }) {
  const url = link ? webAddress(link) : null;
  return h("li", { dir: "auto" },
    url === null ? h("strong", {}, ...marked(title)) : h("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, ...marked(title)),
    h("p", {}, ...marked(snippet)));
}
