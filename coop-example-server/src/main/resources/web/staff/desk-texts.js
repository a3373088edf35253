/** What admins keep for those who answer their patrons: the library's card (F4), its FAQ entries (F2), canned messages (M6). */

import { h } from "/coop-web/dom.js";
import { say, told } from "./office.js";

const GROUPS = { public: "For everybody", staffing: "For the staff who answers our patrons", internal: "For our own people", restricted: "For our admins", hidden: "Not shown" };

function field(name, control) {
  return h("label", { class: "field" }, h("span", {}, name), control);
}

function area(value, maxlength, rows = "3") {
  const control = h("textarea", { rows, maxlength, dir: "auto" });
  control.value = value;
  return control;
}

function line(value, attributes = {}) {
  const control = h("input", { type: "text", dir: "auto", ...attributes });
  control.value = value ?? "";
  return control;
}

/** Puts a card behind the nodes of `list` for all that this operator may change. */
export async function deskTexts(office, list) {
  const scopes = await canned(office, list);
  if (!scopes.some(({ scope, may }) => scope === "institution" && may)) {
    return; // no local admin
  }
  await told(async () => {
    const { entries } = await office.ask("/api/faq/kept");
    await libraryCard(office, list);
    faq(office, list, entries);
  });
}

/** Returns where there are canned messages, and whether this operator may change them. */
async function canned(office, list) {
  const { scopes } = await office.ask("/api/canned/mine");
  scopes.filter(({ may }) => may).forEach((scope) => {
    const card = h("section", { class: "card", "aria-label": `Canned messages, ${scope.name}` });
    const rows = h("div", {});
    const add = (message) => {
      const title = line(message.title, { maxlength: "100", required: true });
      const text = area(message.text, "2000");
      const row = h("fieldset", {}, field("Title", title), field("Text", text),
        h("button", { type: "button", class: "plain", on: { click: () => row.remove() } }, "Remove"));
      row.message = () => ({ title: title.value, text: text.value });
      rows.append(row);
    };
    scope.messages.forEach(add);
    card.append(h("h2", { dir: "auto" }, `Canned messages, ${scope.name}`),
      h("p", { class: "about" }, "Typed after a slash in a chat. {patron}, {operator} and {institution} are filled in before sending."),
      h("form", { on: { submit: (event) => {
        event.preventDefault();
        told(async () => {
          await office.act("/api/canned/save", { scope: scope.scope, of: scope.of, messages: [...rows.children].map((row) => row.message()) });
          say("The canned messages are saved.");
        });
      } } }, rows, h("div", { class: "actions" },
        h("button", { type: "button", class: "second", on: { click: () => add({ title: "", text: "" }) } }, "Add a message"),
        h("button", { type: "submit", class: "primary" }, "Save"))));
    list.append(card);
  });
  return scopes;
}

async function libraryCard(office, list) {
  const now = await office.ask("/api/faq/card");
  const hours = area(now.hours, "2000");
  const phone = line(now.phone, { maxlength: "100" });
  const alerts = area(now.alerts, "2000");
  const links = area(now.links.map(({ name, url }) => `${name} ${url}`).join("\n"), "20000");
  const reviewed = line(now.reviewed, { type: "date" });
  list.append(h("section", { class: "card", "aria-label": "Library card" },
    h("h2", {}, "Library card"),
    h("p", { class: "about" }, "What co-op librarians see beside a chat of your patrons."),
    h("form", { on: { submit: (event) => {
      event.preventDefault();
      told(async () => {
        const pages = links.value.split("\n").map((one) => one.trim()).filter((one) => one !== "").map((one) => {
          const at = one.lastIndexOf(" ");
          return { name: one.slice(0, at).trim(), url: one.slice(at + 1) };
        });
        await office.act("/api/faq/card-save", { institution: now.institution, hours: hours.value, phone: phone.value, alerts: alerts.value, links: pages, reviewed: reviewed.value });
        say("The card is saved.");
      });
    } } }, field("Hours", hours), field("Phone", phone), field("Alerts, for staff only", alerts), field("Links, one a line: name and address", links), field("Last reviewed", reviewed),
    h("div", { class: "actions" }, h("button", { type: "submit", class: "primary" }, "Save")))));
}

function faq(office, list, entries) {
  const card = h("section", { class: "card", "aria-label": "FAQ entries" });
  const rows = h("div", {});
  const add = (entry) => rows.append(entryRow(office, entry));
  entries.forEach(add);
  card.append(h("h2", {}, "FAQ entries"),
    h("p", { class: "about" }, "What is for the staff who answers your patrons is shown to the owner of a co-op chat, and each look at it is on record."),
    rows,
    h("button", { type: "button", class: "second", on: { click: () => add({ entry: crypto.randomUUID(), group: "public", title: "", text: "", link: null, language: "en", reviewed: null }) } }, "Add an entry"));
  list.append(card);
}

function entryRow(office, entry) {
  const group = h("select", {}, ...Object.entries(GROUPS).map(([id, name]) => h("option", { value: id }, name)));
  group.value = entry.group;
  const title = line(entry.title, { maxlength: "300", required: true });
  const text = area(entry.text, "20000", "4");
  const link = line(entry.link, { type: "url", maxlength: "2000" });
  const language = line(entry.language, { maxlength: "35", required: true });
  const reviewed = line(entry.reviewed, { type: "date" });
  const row = h("details", {}, h("summary", { dir: "auto" }, entry.title || "New entry", ` · ${GROUPS[entry.group]}`),
    h("form", { on: { submit: (event) => {
      event.preventDefault();
      told(async () => {
        await office.act("/api/faq/save", { entry: entry.entry, group: group.value, title: title.value, text: text.value, link: link.value, language: language.value, reviewed: reviewed.value });
        say("The entry is saved.");
      });
    } } }, field("Who reads it", group), field("Title", title), field("Text", text), field("Page", link), field("Language", language), field("Last reviewed", reviewed),
    h("div", { class: "actions" }, h("button", { type: "submit", class: "primary" }, "Save"),
      h("button", { type: "button", class: "plain", on: { click: () => told(async () => {
        await office.act("/api/faq/remove", { entry: entry.entry });
        row.remove();
        say("The entry is removed.");
      }) } }, "Remove"))));
  return row;
}
