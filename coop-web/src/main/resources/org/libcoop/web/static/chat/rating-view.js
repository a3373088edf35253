/** The form with which a patron rates a chat that is over: 1 to 5 and, if they like, a few words (C14). */

import { h, show, text } from "../dom.js";
import { t } from "../texts.js";

export class RatingView {
  element;
  #words = h("textarea", { rows: "2", maxlength: "2000", dir: "auto", "aria-label": t("rating.comment"), placeholder: t("rating.hint") });
  #said = h("p", { class: "rating-said", role: "status" });
  #form;
  #rate;

  /** `rate(rating, comment)`: says it, and tells whether it got through. */
  constructor(rate) {
    this.#rate = rate;
    const stars = [1, 2, 3, 4, 5].map((value) =>
      h("label", {}, h("input", { type: "radio", name: "rating", value: String(value), required: true }), h("span", {}, String(value))));
    this.#form = h("form", { class: "rating-form", on: { submit: (event) => this.#send(event) } },
      h("fieldset", {}, h("legend", {}, t("rating.ask")), h("div", { class: "stars" }, ...stars)),
      this.#words, h("button", { class: "quiet", type: "submit" }, t("rating.send")));
    this.element = h("div", { class: "rating", hidden: true }, this.#form, this.#said);
  }

  update({ rateable, rating }) {
    show(this.element, rateable);
    show(this.#form, rating === null);
    if (rating !== null) {
      text(this.#said, t("rating.thanks"));
    }
  }

  async #send(event) {
    event.preventDefault();
    const rating = Number(new FormData(this.#form).get("rating"));
    const done = await this.#rate(rating, this.#words.value);
    text(this.#said, done ? t("rating.thanks") : t("rating.failed"));
    show(this.#form, !done);
  }
}
