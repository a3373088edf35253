/** QA feedback below a transcript that was answered through a co-op: read, given by the home library, replied to (X4). */

import { h, show } from "/coop-web/dom.js";
import { clockTime } from "/coop-web/time.js";
import { say, told } from "./office.js";

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const RATINGS = ["", "1 – poor", "2", "3", "4", "5 – excellent"];

/** The section for the transcript of a chat that was answered through a co-op. `coop` is the path, empty for home. */
export async function feedbackSection(office, { chat, contentDeleted }, coop) {
  const { posts } = await office.ask("/api/feedback/chat", { chat, coop });
  return new Section(office, chat, coop, contentDeleted, posts).element;
}

class Section {
  element;
  #office;
  #where;
  #list = h("ol", { class: "feedback-posts" });
  #none = h("p", { class: "about" }, "No feedback yet.");

  constructor(office, chat, coop, closed, posts) {
    this.#office = office;
    this.#where = coop ? { chat, coop } : { chat };
    const forms = closed ? [] : coop ? (posts.length > 0 ? [this.#form("Reply", "/api/feedback/reply", false)] : [])
      : [this.#form("Give feedback", "/api/feedback/give", true)];
    this.element = h("section", { class: "feedback", "aria-labelledby": "feedback-title" },
      h("h3", { id: "feedback-title" }, "QA feedback"),
      h("p", { class: "about" }, "Between the patron’s library and who answered. Patrons never see it, and it is not their rating."),
      this.#list, this.#none, ...forms);
    this.#show(posts);
  }

  #show(posts) {
    this.#list.replaceChildren(...posts.map(post));
    show(this.#none, posts.length === 0);
    const last = posts.at(-1);
    last && told(() => this.#office.act("/api/feedback/seen", { ...this.#where, seq: last.seq }));
  }

  #form(doing, path, rated) {
    const rating = rated ? h("select", { "aria-label": "Rating" }, h("option", { value: "" }, "No rating"), ...[5, 4, 3, 2, 1].map((n) => h("option", { value: String(n) }, RATINGS[n]))) : null;
    const input = h("textarea", { rows: "2", maxlength: "10000", required: true, dir: "auto", "aria-label": doing });
    let id = crypto.randomUUID();
    return h("form", { class: "feedback-form", on: { submit: (event) => {
      event.preventDefault();
      told(async () => {
        await this.#office.act(path, { ...this.#where, id, text: input.value, ...(rating?.value ? { rating: Number(rating.value) } : {}) });
        id = crypto.randomUUID();
        input.value = "";
        if (rating) {
          rating.value = "";
        }
        const { posts } = await this.#office.ask("/api/feedback/chat", this.#where);
        this.#show(posts);
        say("The feedback was sent.");
      });
    } } }, input, h("div", { class: "actions" }, rating, h("button", { type: "submit", class: "second" }, doing)));
  }
}

function post({ by, at, rating, text }) {
  return h("li", {},
    h("p", { class: "by-line" }, h("bdi", { class: "by" }, by.name), " of ", h("bdi", {}, by.institution), ` · ${DAY.format(new Date(at))}, ${clockTime(at)}`),
    rating === undefined ? null : h("p", { class: "tag" }, `${rating} of 5`),
    h("p", { class: "words", dir: "auto" }, text ?? "The text was deleted."));
}
