/** What the patron is asked before a chat: the fields of the widget, its privacy notice and consent. */

import { h, text, show, attribute } from "../dom.js";
import { t } from "../texts.js";

const LIMITS = { name: 100, email: 2_048, question: 10_000 };

/** The form; `start` is called with the fields the patron filled. */
export class FormView {
  #fields;
  #consent = h("input", { type: "checkbox", id: "consent" });
  #consentLine = h("label", { class: "consent", for: "consent" }, this.#consent, t("form.consent"));
  #privacy = h("p", { class: "privacy" });
  #error = h("p", { class: "error", role: "alert" });
  #button = h("button", { class: "primary", type: "submit" }, t("form.start"));

  constructor({ start }) {
    this.#fields = {
      name: field("name", t("form.name"), h("input", { autocomplete: "name" })),
      email: field("email", t("form.email"), h("input", { type: "email", autocomplete: "email", inputmode: "email" })),
      question: field("question", t("form.question"), h("textarea", { rows: "4" })),
    };
    this.element = h("form", { class: "form", on: { submit: (event) => this.#submit(event, start) } },
      h("p", { class: "lead" }, t("form.lead")),
      ...Object.values(this.#fields).map(({ line }) => line),
      this.#privacy, this.#consentLine, this.#error, this.#button);
  }

  update({ widget, starting, refusal }) {
    for (const [name, { line, input, hint }] of Object.entries(this.#fields)) {
      const wanted = widget.fields[name];
      show(line, wanted !== "off");
      input.required = wanted === "required";
      text(hint, wanted === "optional" ? t("form.optional") : "");
    }
    show(this.#privacy, Boolean(widget.privacyNotice));
    text(this.#privacy, widget.privacyNotice ?? "");
    show(this.#consentLine, widget.consentRequired);
    this.#consent.required = widget.consentRequired;
    show(this.#error, refusal !== null);
    text(this.#error, refusal ?? "");
    attribute(this.#button, "aria-disabled", starting ? "true" : null);
    text(this.#button, starting ? t("form.starting") : t("form.start"));
    this.starting = starting;
  }

  /** Another chat, another question; who the patron is stays. */
  clearQuestion() {
    this.#fields.question.input.value = "";
  }

  focus() {
    Object.values(this.#fields).find(({ line }) => !line.hidden)?.input.focus();
  }

  #submit(event, start) {
    event.preventDefault();
    if (this.starting) {
      return;
    }
    const given = {};
    for (const [name, { line, input }] of Object.entries(this.#fields)) {
      if (!line.hidden && input.value.trim() !== "") {
        given[name] = input.value;
      }
    }
    start(this.#consentLine.hidden ? given : { ...given, consent: this.#consent.checked });
  }
}

function field(name, label, input) {
  const hint = h("span", { class: "hint" });
  input.id = name;
  input.name = name;
  input.maxLength = LIMITS[name];
  input.dir = "auto";
  return { input, hint, line: h("div", { class: "field" }, h("label", { for: name }, label, " ", hint), input) };
}
