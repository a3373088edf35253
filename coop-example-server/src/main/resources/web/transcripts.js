/** Transcripts: along one of two paths, found by filters, read, and changed where the server offers it. */

import { h, text, show, arrange, attribute, icon } from "/coop-web/dom.js";
import { clockTime, duration } from "/coop-web/time.js";
import { stageName } from "./dashboard/desk.js";
import { facts } from "./dashboard/patron-facts.js";
import { FIRST, build, next, withoutBlips } from "./dashboard/staff-log.js";
import { ask } from "./dashboard/dialogs.js";
import { feedbackSection } from "./staff/feedback.js";
import { begin, offer, say, told } from "./staff/office.js";
import { routing } from "./staff/routing.js";
import { privacyButtons } from "./staff/patrons.js";

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const OUTCOMES = { answered: "Answered", missed: "Missed", dismissed: "Dismissed" };
const FORMATS = { "json-lines": "JSON Lines", csv: "CSV", text: "Text" };
const REDACTED = "[redacted]";

const by = (id) => document.getElementById(id);

class TranscriptsPage {
  #office;
  #coops;
  #fields = {};
  #rows = [];
  #next = null;
  #asked = {};
  #open = null;
  #turn = 0;
  #body = h("tbody");
  #none = h("p", { class: "empty" }, "No transcript fits.");
  #table;
  #more;

  constructor(office, { coops, operators, institutions, widgets }) {
    this.#office = office;
    this.#coops = coops;
    this.#buildFilter();
    offer(this.#fields.path, [["", "My library’s patrons"], ...coops.map(({ id, name }) => [id, `Answered through ${name}`])]);
    this.#know({ operators, institutions, widgets });
    this.#more = h("button", { type: "button", class: "second", on: { click: () => told(() => this.#load(this.#next)) } }, "Show older");
    this.#table = h("table", {},
      h("caption", { class: "unseen" }, "Transcripts, the newest first"),
      h("thead", {}, h("tr", {}, ...["Started", "Widget", "Answered by", "Through", "Outcome"].map((name) => h("th", { scope: "col" }, name)), h("th", { scope: "col", class: "number" }, "Messages"))),
      this.#body);
    by("list").append(this.#table, this.#none, h("p", { class: "after" }, this.#more));
    told(async () => by("filter-actions").append(...await privacyButtons(this.#office, () => this.find())));
    this.find();
  }

  // ---- Finding -------------------------------------------------------------------------------------------------------

  #buildFilter() {
    const field = (name, label, input) => {
      input.name = name;
      this.#fields[name] = input;
      return h("label", { class: `field field-${name}` }, h("span", {}, label), input);
    };
    const any = (words) => h("select", {}, h("option", { value: "" }, words));
    by("filter").append(
      field("path", "Path", h("select")),
      field("text", "Text", h("input", { type: "search", maxlength: "200", placeholder: "Said in the chat" })),
      field("operator", "Operator", any("Anybody")),
      field("institution", "Answering institution", any("Any")),
      field("outcome", "Outcome", any("Any")),
      field("widget", "Widget", any("Any")),
      field("from", "From", h("input", { type: "date" })),
      field("to", "Up to", h("input", { type: "date" })),
      h("div", { class: "actions", id: "filter-actions" },
        h("button", { type: "submit", class: "primary" }, "Search"),
        h("button", { type: "reset", class: "plain" }, "Clear"),
        h("button", { type: "button", class: "plain", on: { click: () => this.#exports() } }, "Export…"),
        h("button", { type: "button", class: "plain", on: { click: () => told(() => this.#outbox()) } }, "Sent mail")));
    offer(this.#fields.outcome, Object.entries(OUTCOMES));
    by("filter").addEventListener("submit", (event) => {
      event.preventDefault();
      this.find();
    });
    by("filter").addEventListener("reset", () => setTimeout(() => this.find()));
    this.#fields.path.addEventListener("change", () => this.find());
  }

  /** Whom and what the lists name can be filtered by. */
  #know({ operators = [], institutions = [], widgets = [] }) {
    const named = (things) => things.map(({ id, name }) => [id, name]);
    offer(this.#fields.operator, named(operators));
    offer(this.#fields.institution, named(institutions));
    offer(this.#fields.widget, named(widgets));
  }

  get #filter() {
    const { path, text: said, operator, institution, outcome, widget, from, to } = this.#fields;
    return {
      coop: path.value, text: said.value, operator: operator.value, institution: institution.value, outcome: outcome.value, widget: widget.value,
      from: midnight(from.value, 0), to: midnight(to.value, 1),
    };
  }

  find() {
    this.#asked = this.#filter;
    const coop = this.#coops.find(({ id }) => id === this.#asked.coop);
    text(by("path-about"), coop
      ? `Chats that were answered through ${coop.name}, as far as your level goes. They belong to the patrons’ libraries, which alone can change them.`
      : "Chats of your own library’s patrons, whoever answered them.");
    this.#close();
    return told(() => this.#load(null));
  }

  async #load(cursor) {
    const turn = ++this.#turn;
    const page = await this.#office.ask("/api/transcripts", { ...this.#asked, cursor });
    if (turn !== this.#turn) {
      return;
    }
    this.#rows = cursor === null ? page.rows : [...this.#rows, ...page.rows];
    this.#next = page.next ?? null;
    page.rows.forEach(({ answeredBy, widget }) => this.#know({ widgets: [widget], operators: answeredBy ? [answeredBy] : [], institutions: answeredBy ? [answeredBy.of] : [] }));
    this.#list();
  }

  #list() {
    arrange(this.#body, this.#rows.map((row) => this.#row(row)));
    show(this.#table, this.#rows.length > 0);
    show(this.#none, this.#rows.length === 0);
    show(this.#more, this.#next !== null);
  }

  #row(row) {
    const started = new Date(row.startedAt);
    const open = h("button", { type: "button", class: "opens", on: { click: () => told(() => this.#read(row.chat)) } },
      h("time", { datetime: row.startedAt }, `${DAY.format(started)}, ${clockTime(row.startedAt)}`));
    attribute(open, "aria-current", row.chat === this.#open ? "true" : null);
    return h("tr", { dataset: { chat: row.chat } },
      h("th", { scope: "row" }, open),
      h("td", {}, h("bdi", {}, row.widget.name), this.#asked.coop ? h("bdi", { class: "sub" }, row.institution.name) : null),
      h("td", {}, ...(row.answeredBy ? [h("bdi", {}, row.answeredBy.name), h("bdi", { class: "sub" }, row.answeredBy.institution)] : ["–"])),
      h("td", {}, row.through ? h("bdi", {}, stageName(row.through)) : "–"),
      h("td", {}, h("span", { class: `tag outcome-${row.outcome}` }, OUTCOMES[row.outcome] ?? row.outcome), row.contentDeleted || row.anonymised ? h("span", { class: "tag" }, row.contentDeleted ? "deleted" : "anonymised") : null),
      h("td", { class: "number" }, String(row.messages)));
  }

  // ---- Reading -------------------------------------------------------------------------------------------------------

  async #read(chat) {
    const { coop } = this.#asked;
    const transcript = await this.#office.ask("/api/transcripts/chat", { chat, coop });
    const tickets = h("ul", { hidden: true });
    const feedback = h("div", {});
    const routed = h("div", {});
    this.#open = chat;
    this.#list();
    by("chat").replaceChildren(...this.#sheet(transcript, tickets, routed), feedback);
    show(by("chat"), true);
    by("halves").dataset.open = "true";
    by("chat").scrollTop = 0;
    by("chat").focus();
    // Whoever may change the chat is an admin of its home, and sees its tickets; on the home path the feedback is the admins', too.
    const admin = transcript.may.length > 0;
    const discussed = transcript.owners.some(({ through }) => through.kind === "coop") && (coop || admin);
    await Promise.all([
      told(async () => routed.append(routing(await this.#office.ask("/api/transcripts/explain", { chat, coop })))),
      admin && told(async () => showTickets(tickets, await this.#office.ask("/api/tickets/of-chat", { chat }))),
      discussed && told(async () => feedback.append(await feedbackSection(this.#office, transcript, coop))),
    ]);
  }

  #close() {
    const row = this.#open;
    this.#open = null;
    show(by("chat"), false);
    by("chat").replaceChildren();
    delete by("halves").dataset.open;
    this.#list();
    row !== null && this.#body.querySelector(`[data-chat="${CSS.escape(row)}"] .opens`)?.focus();
  }

  /** `tickets` is where those about the chat are shown once they are known, `routed` where it is explained who was asked. */
  #sheet(transcript, tickets, routed) {
    const may = (what) => transcript.may.includes(what) && !transcript.contentDeleted;
    const start = transcript.entries[0];
    const rating = transcript.entries.findLast(({ event }) => event === "rated");
    return [
      h("div", { class: "bar" },
        h("h2", {}, h("bdi", {}, start.patron?.name?.trim() || "A patron"), " at ", h("bdi", {}, transcript.institution.name)),
        h("button", { type: "button", class: "plain small", on: { click: () => this.#close() } }, icon("close", "Close the transcript"))),
      transcript.contentDeleted ? h("p", { class: "banner warn" }, "All content of this chat was deleted. When what happened is kept for the totals.") : null,
      h("div", { class: "summary" },
        facts({ widget: transcript.widget.name, ...start.patron }),
        owners(transcript),
        tickets,
        h("p", { class: "rating" }, rating ? `Rated ${rating.rating} of 5 by the patron` : "Not rated")),
      routed,
      h("div", { class: "transcript" }, ...this.#entries(transcript, may("redact"))),
      transcript.may.length === 0 || transcript.contentDeleted ? null : h("div", { class: "actions" },
        may("email") ? h("button", { type: "button", class: "second", on: { click: () => this.#email(transcript.chat) } }, "Email…") : null,
        may("delete") ? h("button", { type: "button", class: "danger", on: { click: () => this.#delete(transcript.chat) } }, "Delete content…") : null),
    ].filter((node) => node !== null);
  }

  #entries({ chat, entries }, redactable) {
    let before = FIRST;
    const nodes = [];
    for (const entry of withoutBlips(entries)) {
      const node = build(entry, before, ({ file, fileName }) => this.#save(chat, file, fileName));
      before = next(entry, before);
      if (node === null) {
        continue;
      }
      const there = entry.event === "said" ? entry.text !== undefined && entry.text !== REDACTED : entry.fileName !== undefined;
      if (redactable && there) {
        node.append(h("button", { type: "button", class: "redact", on: { click: () => this.#redact(chat, entry) } }, "Redact…"));
      }
      nodes.push(node);
    }
    return nodes;
  }

  // ---- Changing ------------------------------------------------------------------------------------------------------

  #save(chat, file, fileName) {
    return told(() => this.#office.save("/api/files/transcript", { chat, file, coop: this.#asked.coop }, fileName));
  }

  async #redact(chat, { seq, text: said, fileName }) {
    const sure = await sureOf("Redact this message?", "[redacted] takes its place everywhere and for good. Who wrote it and when stays.", "Redact", said ?? fileName);
    sure && await told(async () => {
      await this.#office.act("/api/transcripts/redact", { chat, seq });
      await this.#read(chat);
      say("The message was redacted.");
    });
  }

  async #delete(chat) {
    const sure = await sureOf("Delete all content?", "Every text, name and address of this chat goes, everywhere and for good, at partner libraries too. It cannot be taken back.", "Delete content");
    sure && await told(async () => {
      await this.#office.act("/api/transcripts/delete", { chat });
      await this.#load(null);
      await this.#read(chat);
      say("All content was deleted.");
    });
  }

  async #email(chat) {
    const address = await ask("Email this transcript", (done) => {
      const input = h("input", { type: "email", required: true, maxlength: "254", autofocus: true, "aria-label": "Address", placeholder: "patron@example.org" });
      return [h("form", { on: { submit: (event) => {
        event.preventDefault();
        done(input.value);
      } } },
      h("p", {}, "Internal notes stay here. The demo sends nothing: “Sent mail” shows what would have gone out."),
      h("div", { class: "field" }, input),
      h("div", { class: "actions" }, h("button", { type: "submit", class: "primary" }, "Send"), h("button", { type: "button", class: "plain", on: { click: () => done(null) } }, "Cancel")))];
    });
    address !== null && await told(async () => {
      await this.#office.act("/api/transcripts/email", { chat, address });
      say("The transcript is in “Sent mail”.");
    });
  }

  async #exports() {
    const format = await ask("Export what was found", (done) => [
      h("p", {}, "Every transcript that the filter finds, internal notes included."),
      h("div", { class: "actions" },
        ...Object.entries(FORMATS).map(([code, name]) => h("button", { type: "button", class: "second", on: { click: () => done(code) } }, name)),
        h("button", { type: "button", class: "plain", on: { click: () => done(null) } }, "Cancel")),
    ]);
    format !== null && await told(() => this.#office.download("/api/transcripts/export", { ...this.#asked, format }));
  }

  async #outbox() {
    const { mails } = await this.#office.ask("/api/transcripts/outbox");
    await ask("Sent mail", (done) => [
      h("p", { class: "about" }, mails.length === 0 ? "You have sent nothing since the server started." : "The demo sends nothing. This would have gone out:"),
      h("div", { class: "mails", tabindex: "0", role: "group", "aria-label": "Mails" }, ...mails.map((mail) => h("article", {},
        h("p", {}, "To ", h("bdi", {}, mail.to), ` at ${clockTime(mail.at)}`), h("h3", { dir: "auto" }, mail.subject), h("pre", { dir: "auto" }, mail.text)))),
      h("div", { class: "actions" }, h("button", { type: "button", class: "primary", autofocus: true, on: { click: () => done(null) } }, "Close")),
    ]);
  }
}

/** Who answered through what. */
function owners({ owners: all, startedAt }) {
  return all.length === 0
    ? h("p", { class: "about" }, "Nobody answered.")
    : h("ul", { class: "owners" }, ...all.map(({ name, institution, through, since }) => h("li", {},
      h("bdi", { class: "by" }, name), " of ", h("bdi", {}, institution), " through ", h("bdi", {}, stageName(through)),
      h("span", { class: "about" }, ` after ${duration(Date.parse(since) - Date.parse(startedAt))}`))));
}

/** The tickets about the chat, with what they are called where the library answers them. */
function showTickets(list, { tickets }) {
  list.append(...tickets.map(({ reference, state, byPatron, at }) => h("li", {},
    `Ticket ${reference ?? "on its way"}`, h("span", { class: "about" }, `, ${byPatron ? "asked by the patron" : "opened by a librarian"} on ${new Date(at).toLocaleString()}`),
    state.startsWith("forg") ? h("span", { class: "about" }, ", erased") : null)));
  show(list, tickets.length > 0);
}

function sureOf(title, words, doing, quoted = null) {
  return ask(title, (done) => [
    quoted === null ? null : h("blockquote", { dir: "auto" }, quoted),
    h("p", {}, words),
    h("div", { class: "actions" },
      h("button", { type: "button", class: "danger", on: { click: () => done(true) } }, doing),
      h("button", { type: "button", class: "plain", autofocus: true, on: { click: () => done(null) } }, "Cancel")),
  ].filter((node) => node !== null));
}

/** The instant at which a day begins where the reader is, `later` days after it; empty for no day. */
function midnight(day, later) {
  if (day === "") {
    return "";
  }
  const [year, month, date] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}

begin("transcripts", "/api/transcripts/choices", (office, known) => void new TranscriptsPage(office, known));
