/** What a local admin does for the privacy of the library's patrons: gives out and erases what there is of one, and says how long it is kept. */

import { h } from "/coop-web/dom.js";
import { saveBlob } from "/coop-web/files.js";
import { ask } from "../dashboard/dialogs.js";
import { say, told } from "./office.js";

/** The buttons for it, none for whom the server lets do nothing of this. `after` runs when something was erased. */
export async function privacyButtons(office, after) {
  const settings = await office.ask("/api/patrons");
  return settings.may
    ? [
      h("button", { type: "button", class: "plain", on: { click: () => patronData(office, after) } }, "A patron’s data…"),
      h("button", { type: "button", class: "plain", on: { click: () => told(() => retention(office)) } }, "Retention…"),
    ]
    : [];
}

async function patronData(office, after) {
  const wish = await ask("A patron’s data", (done) => {
    const email = h("input", { type: "text", inputmode: "email", required: true, maxlength: "254", autofocus: true, autocomplete: "off", "aria-label": "Email address of the patron", placeholder: "patron@example.org" });
    const go = (what) => () => email.reportValidity() && done({ what, email: email.value });
    return [
      h("p", {}, "Every chat of your library in which this address was given, in whatever case. Chats that were anonymised are not found."),
      h("div", { class: "field" }, email),
      h("div", { class: "actions" },
        h("button", { type: "button", class: "primary", on: { click: go("export") } }, "Export"),
        h("button", { type: "button", class: "danger", on: { click: go("erase") } }, "Erase…"),
        h("button", { type: "button", class: "plain", on: { click: () => done(null) } }, "Cancel")),
    ];
  });
  if (wish?.what === "export") {
    await told(() => exported(office, wish.email));
  } else if (wish?.what === "erase") {
    await erased(office, wish.email, after);
  }
}

async function exported(office, email) {
  const { chats, lines } = await office.act("/api/patrons/export", { email });
  if (chats === 0) {
    say("No chat with this address was found.");
    return;
  }
  saveBlob(lines, "patron.jsonl");
  say(`${counted(chats)} exported.`);
}

async function erased(office, email, after) {
  const sure = await ask("Erase everything of this patron?", (done) => [
    h("blockquote", { dir: "auto" }, email),
    h("p", {}, "Every text, name and address of all these chats goes, everywhere and for good, at partner libraries too. It cannot be taken back."),
    h("div", { class: "actions" },
      h("button", { type: "button", class: "danger", on: { click: () => done(true) } }, "Erase"),
      h("button", { type: "button", class: "plain", autofocus: true, on: { click: () => done(null) } }, "Cancel")),
  ]);
  sure && await told(async () => {
    const { erased: gone, running } = await office.act("/api/patrons/erase", { email });
    say(`${counted(gone)} erased.${running.length === 0 ? "" : ` ${counted(running.length)} still running: erase again when over.`}`);
    await after();
  });
}

function counted(chats) {
  return chats === 1 ? "1 chat" : `${chats} chats`;
}

async function retention(office) {
  const now = await office.ask("/api/patrons");
  const chosen = await ask("Retention", (done) => {
    const field = (label, days) => {
      const input = h("input", { type: "number", min: "1", max: "36500", step: "1", placeholder: "never", value: days === null ? "" : String(days) });
      return [input, h("label", { class: "field" }, h("span", {}, label), input)];
    };
    const [anonymise, first] = field("Anonymise after days", now.anonymise);
    const [remove, second] = field("Delete content after days", now.delete);
    const days = ({ value }) => (value === "" ? null : Number(value));
    return [h("form", { on: { submit: (event) => {
      event.preventDefault();
      done({ anonymise: days(anonymise), delete: days(remove) });
    } } },
    h("p", {}, "Counted from the end of a chat; empty is never. What is due by a change goes within the hour, and does not come back."),
    first, second,
    h("div", { class: "actions" }, h("button", { type: "submit", class: "primary" }, "Save"), h("button", { type: "button", class: "plain", on: { click: () => done(null) } }, "Cancel")))];
  });
  if (chosen !== null) {
    await office.act("/api/patrons/retention", chosen);
    say("Retention was saved.");
  }
}
