/** A question that is left for an answer by email: where nobody is there, and for a chat that nobody answered (W5, R17, K1). */

import { h, text, show, attribute } from "../dom.js";
import { t } from "../texts.js";

const LIMITS = { name: 100, email: 254, question: 10_000 };

/** The form; `send(fields)` resolves with null once the library has the question, else with `{message, again}`: why not, and whether it is sent again as it was. */
export class TicketView {
  static #views = 0;
  #key = `ticket-${TicketView.#views++}`;
  #name = h("input", { autocomplete: "name", id: `${this.#key}-name`, maxlength: String(LIMITS.name), dir: "auto" });
  #email = h("input", { type: "email", autocomplete: "email", inputmode: "email", required: true, id: `${this.#key}-email`, maxlength: String(LIMITS.email), dir: "auto" });
  #question = h("textarea", { rows: "4", required: true, id: `${this.#key}-question`, maxlength: String(LIMITS.question), dir: "auto" });
  #nameHint = h("span", { class: "hint" });
  #consent = h("input", { type: "checkbox", id: `${this.#key}-consent` });
  #consentLine = h("label", { class: "consent", for: `${this.#key}-consent` }, this.#consent, t("form.consent"));
  #privacy = h("p", { class: "privacy" });
  #error = h("p", { class: "error", role: "alert" });
  #done = h("p", { class: "left", role: "status" });
  #button = h("button", { class: "primary", type: "submit" }, t("ticket.send"));
  #form;
  #send;
  #sending = false;
  #id = null;

  constructor(lead, send) {
    this.#send = send;
    this.#form = h("form", { class: "form", on: { submit: (event) => this.#submit(event) } },
      h("p", { class: "lead" }, lead),
      h("div", { class: "field" }, h("label", { for: `${this.#key}-question` }, t("form.question")), this.#question),
      h("div", { class: "field" }, h("label", { for: `${this.#key}-name` }, t("form.name"), " ", this.#nameHint), this.#name),
      h("div", { class: "field" }, h("label", { for: `${this.#key}-email` }, t("ticket.email")), this.#email),
      this.#privacy, this.#consentLine, this.#error, this.#button);
    this.element = h("div", { class: "ticket" }, this.#form, this.#done);
    show(this.#done, false);
    show(this.#error, false);
  }

  update({ widget }) {
    const required = widget.fields.name === "required";
    this.#name.required = required;
    text(this.#nameHint, required ? "" : t("form.optional"));
    show(this.#privacy, Boolean(widget.privacyNotice));
    text(this.#privacy, widget.privacyNotice ?? "");
    show(this.#consentLine, widget.consentRequired);
    this.#consent.required = widget.consentRequired;
  }

  /** Another chat, another question. */
  clear() {
    this.#id = null;
    this.#question.value = "";
    show(this.#form, true);
    show(this.#done, false);
  }

  focus() {
    this.#question.focus();
  }

  async #submit(event) {
    event.preventDefault();
    if (this.#sending) {
      return;
    }
    this.#sending = true;
    this.#id ??= crypto.randomUUID();
    attribute(this.#button, "aria-disabled", "true");
    text(this.#button, t("message.sending"));
    const name = this.#name.value.trim() === "" ? {} : { name: this.#name.value };
    const refused = await this.#send({ id: this.#id, question: this.#question.value, email: this.#email.value.trim(), ...name, consent: this.#consent.checked });
    this.#sending = false;
    attribute(this.#button, "aria-disabled", null);
    text(this.#button, t("ticket.send"));
    text(this.#error, refused?.message ?? "");
    show(this.#error, refused !== null);
    if (refused === null) {
      text(this.#done, t("ticket.sent", { email: this.#email.value.trim() }));
      show(this.#form, false);
      show(this.#done, true);
    } else if (!refused.again) {
      // What is changed after a refusal is another question.
      this.#id = null;
    }
  }
}
