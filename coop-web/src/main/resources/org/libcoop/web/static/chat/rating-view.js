/** The form with which a patron rates a chat that is over: 1 to 5 and, if they like, a few words (C14). */

import { h, show, text } from "../dom.js";

export class RatingView {
  element;
  #words = h("textarea", { rows: "2", maxlength: "2000", dir: "auto", "aria-label": "Your comment, if you like", placeholder: "What was good, what was not?" });
  #said = h("p", { class: "rating-said", role: "status" });
  #form;
  #rate;

  /** `rate(rating, comment)`: says it, and tells whether it got through. */
  constructor(rate) {
    this.#rate = rate;
    const stars = [1, 2, 3, 4, 5].map((value) =>
      h("label", {}, h("input", { type: "radio", name: "rating", value: String(value), required: true }), h("span", {}, String(value))));
    this.#form = h("form", { class: "rating-form", on: { submit: (event) => this.#send(event) } },
      h("fieldset", {}, h("legend", {}, "How was it? 1 is bad, 5 is very good"), h("div", { class: "stars" }, ...stars)),
      this.#words, h("button", { class: "quiet", type: "submit" }, "Send rating"));
    this.element = h("div", { class: "rating", hidden: true }, this.#form, this.#said);
  }

  update({ rateable, rating }) {
    show(this.element, rateable);
    show(this.#form, rating === null);
    if (rating !== null) {
      text(this.#said, "Thank you for your rating.");
    }
  }

  async #send(event) {
    event.preventDefault();
    const rating = Number(new FormData(this.#form).get("rating"));
    const done = await this.#rate(rating, this.#words.value);
    text(this.#said, done ? "Thank you for your rating." : "That did not get through. Please try again.");
    show(this.#form, !done);
  }
}
