/** Statistics: every report that the server gives for a filter, which stands in the page's address, as tables with bars and as CSV. */

import { h, text } from "/coop-web/dom.js";
import { begin, offer, told, reason } from "./staff/office.js";

const FILTERS = ["coop", "from", "to", "zone", "institution", "operator", "widget", "outcome", "rating"];
const OUTCOMES = { answered: "Answered", missed: "Missed", dismissed: "Dismissed" };
const SOURCES = { page: "Page", host: "Site", browser: "Browser", system: "System" };
const PEOPLE = { operator: "Librarian", "answered-by": "Institution", coop: "Co-op", home: "Home library", widget: "Widget" };
const LEVELS = { regular: "Regular", "institution-admin": "Institution admin", "coop-admin": "Co-op admin" };
const STAFFINGS = { served: "Staffed", "backup-only": "Backup staff only", offline: "Nobody" };
const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const DAYS_SHOWN = 30;
const SPANS_SHOWN = 40;

const NUMBER = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const SHARE = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 0 });
const MEAN = new Intl.NumberFormat(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

const by = (id) => document.getElementById(id);

/** How cells of a kind are written; what is not known is a dash. */
const WORDS = {
  text: (value) => String(value),
  number: (value) => NUMBER.format(value),
  share: (value) => SHARE.format(value),
  mean: (value) => MEAN.format(value),
  hours: (value) => `${NUMBER.format(value)} h`,
  seconds: (value) => lasting(value),
};

function words(kind, value) {
  return value === null || value === undefined ? "–" : WORDS[kind](value);
}

/** Seconds as people say them. */
function lasting(seconds) {
  const whole = Math.round(seconds);
  if (whole < 60) {
    return `${whole} s`;
  }
  return whole < 3_600
    ? `${Math.floor(whole / 60)} min${whole % 60 === 0 ? "" : ` ${whole % 60} s`}`
    : `${Math.floor(whole / 3_600)} h${Math.floor(whole / 60) % 60 === 0 ? "" : ` ${Math.floor(whole / 60) % 60} min`}`;
}

class StatisticsPage {
  #office;
  #known;
  #fields = {};
  #turn = 0;

  constructor(office, known) {
    this.#office = office;
    this.#known = known;
    this.#buildFilter();
    this.#read();
    by("filter").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#show();
    });
    by("filter").addEventListener("reset", (event) => {
      event.preventDefault();
      this.#fill(new URLSearchParams());
      this.#show();
    });
    addEventListener("popstate", () => this.#read());
  }

  // ---- What is asked for

  #buildFilter() {
    const { coops, widgets, zone } = this.#known;
    const any = (label) => h("select", {}, h("option", { value: "" }, label));
    const field = (name, label, input) => {
      input.name = name;
      this.#fields[name] = input;
      return h("label", { class: `field field-${name}` }, h("span", {}, label), input);
    };
    by("filter").append(
      field("coop", "Path", any("My library’s patrons")),
      field("from", "From", h("input", { type: "date" })),
      field("to", "Up to", h("input", { type: "date" })),
      field("zone", "Time zone", h("select")),
      field("institution", "Answering institution", any("Any")),
      field("operator", "Librarian", any("Anybody")),
      field("widget", "Widget", any("Any")),
      field("outcome", "Outcome", any("Any")),
      field("rating", "Rating", any("Any")),
      h("div", { class: "actions" },
        h("button", { type: "submit", class: "primary" }, "Show"),
        h("button", { type: "reset", class: "plain" }, "Clear")));
    offer(this.#fields.coop, coops.map(({ id, name }) => [id, `Answered through ${name}`]));
    offer(this.#fields.widget, widgets.map(({ id, name }) => [id, name]));
    offer(this.#fields.outcome, Object.entries(OUTCOMES));
    offer(this.#fields.rating, [5, 4, 3, 2, 1].map((stars) => [String(stars), `${stars} of 5`]));
    offer(this.#fields.zone, [zone, Intl.DateTimeFormat().resolvedOptions().timeZone, "UTC"].map((name) => [name, name.replaceAll("_", " ")]));
  }

  #fill(parameters) {
    const end = new Date(this.#known.now);
    const defaults = {
      zone: this.#known.zone,
      from: day(new Date(end.getTime() - (DAYS_SHOWN - 1) * 86_400_000), this.#known.zone),
      to: day(end, this.#known.zone),
    };
    for (const name of FILTERS) {
      const value = parameters.get(name) ?? defaults[name] ?? "";
      const field = this.#fields[name];
      if (field instanceof HTMLSelectElement && value !== "") {
        offer(field, [[value, value]]);
      }
      field.value = value;
    }
  }

  #read() {
    this.#fill(new URL(location.href).searchParams);
    this.#load();
  }

  get #asked() {
    return Object.fromEntries(FILTERS.map((name) => [name, this.#fields[name].value]));
  }

  /** Puts the filter into the address, and shows what it asks for. */
  #show() {
    const url = new URL(location.href);
    Object.entries(this.#asked).forEach(([name, value]) => (value === "" ? url.searchParams.delete(name) : url.searchParams.set(name, value)));
    history.pushState(null, "", url);
    this.#load();
  }

  // ---- Reports

  #load() {
    const turn = ++this.#turn;
    const asked = this.#asked;
    const coop = this.#known.coops.find(({ id }) => id === asked.coop);
    text(by("about"), coop
      ? `Chats that were answered through ${coop.name}, as far as your level goes.`
      : "Chats of your own library’s patrons, whoever answered them. Each counts once, at its start, for who had it last.");
    by("reports").replaceChildren();
    const card = (name, title, options = {}) => this.#card(turn, asked, name, title, options);
    by("reports").append(
      card("total", "At a glance", { wide: true, draw: tiles }),
      this.#mine(turn, asked),
      card("week", "When patrons ask", { wide: true, draw: (report) => heat(report, "requested", "number", "chats") }),
      card("months", "By month", { columns: [["month", "Month"], ["requested", "Chats", "number", "bar"], ["answered_share", "Answered", "share"], ["wait_median", "Median wait", "seconds"]] }),
      card("weekdays", "By weekday", { columns: [["weekday", "Weekday"], ["requested", "Chats", "number", "bar"], ["answered_share", "Answered", "share"], ["wait_median", "Median wait", "seconds"]] }),
      card("hours", "How well patrons were served, by hour", { wide: true, sparse: true, columns: [["hour", "Hour", "hour"], ["requested", "Chats", "number", "bar"], ["answered_within_share", "Answered within 30 s", "share", "bar"], ["missed_share", "Missed", "share", "bar bad"], ["wait_median", "Median wait", "seconds"], ["wait_p90", "90 % waited at most", "seconds"]] }),
      card("waits", "How long patrons waited", { draw: bands }),
      card("durations", "How long chats took", { draw: bands }),
      card("page", "Where they came from", { choices: SOURCES, sparse: true, columns: [["", "Source", "named"], ["requested", "Chats", "number", "bar"], ["answered_share", "Answered", "share"]] }),
      card("operator", "Who answered", { choices: PEOPLE, sparse: true, columns: [["", "Name", "named"], ["answered", "Answered", "number", "bar"], ["duration_median", "Median duration", "seconds"], ["rating_mean", "Rating", "mean"], ["qa_rating_mean", "QA", "mean"]] }),
      card("balance", "What libraries did for each other", { wide: true, columns: [["", "Institution", "named"], ["requested", "Asked", "number"], ["answered_share", "Answered", "share"], ["by_own_library", "By its own people", "number"], ["received", "Received", "number", "bar less"], ["given", "Given", "number", "bar"], ["surplus", "Given beyond", "number"]] }),
      card("activity", "Who was there", { about: "Hours in which anybody of an institution monitored, up to the last noon or midnight of UTC, and the chats of the same time that its people answered.", columns: [["", "Institution", "named"], ["staffed_hours", "Staffed", "hours", "bar"], ["answered", "Answered", "number"]] }),
      card("own", "My own hours", { columns: [["", "Department or co-op", "option"], ["monitored_hours", "Monitored", "hours", "bar"], ["answered", "Answered", "number"]] }),
      card("staffed-week", "Hours staffed in the week", { wide: true, draw: (report) => heat(report, "hours", "hours", "staffed") }),
      card("staffed-weeks", "Staffed hours, week by week", { columns: [["week", "Week from"], ["", "Institution", "named"], ["staffed_hours", "Staffed", "hours", "bar"]] }));
    if (asked.widget !== "" && !coop) {
      by("reports").append(card("coverage", "When the widget was staffed", { draw: spans }));
    }
  }

  #card(turn, asked, name, title, { wide = false, sparse = false, choices = null, columns = null, draw = null, about = null }) {
    const body = h("div", { class: "scrolled", tabindex: "0", role: "group", "aria-label": title }, h("p", { class: "empty" }, "Counting…"));
    const choice = choices === null ? null : h("select", { "aria-label": `${title}, by` }, ...Object.entries(choices).map(([value, label]) => h("option", { value }, label)));
    const report = () => (choice === null ? name : choice.value);
    const fill = async () => {
      try {
        const table = await this.#office.ask("/api/statistics/table", { ...asked, name: report() });
        turn === this.#turn && body.replaceChildren(...(draw ?? ((found) => listed(found, columns, title, sparse)))(table));
      } catch (failed) {
        turn === this.#turn && body.replaceChildren(h("p", { class: "empty" }, failed.code === "not-allowed" ? "Only admins see this here." : reason(failed)));
      }
    };
    choice?.addEventListener("change", fill);
    fill();
    return h("section", { class: wide ? "card wide" : "card", "aria-label": title, dataset: { report: name } },
      h("div", { class: "bar" }, h("h2", {}, title), choice,
        h("button", { type: "button", class: "plain", "aria-label": `${title}, as CSV`, on: { click: () => told(() => this.#office.download("/api/statistics/table", { ...asked, name: report(), format: "csv" })) } }, "CSV")),
      about === null ? null : h("p", { class: "about" }, about),
      body);
  }

  /** What oneself did, whatever the filter asks for (S4). */
  #mine(turn, { zone }) {
    const body = h("div", {}, h("p", { class: "empty" }, "Counting…"));
    told(async () => {
      const summary = await this.#office.ask("/api/statistics/summary", { zone });
      turn === this.#turn && body.replaceChildren(
        h("div", { class: "mine" },
          ...[["Last week", summary.lastWeek], ["This month", summary.thisMonth], ["Twelve months", summary.twelveMonths]].map(([title, period]) => h("section", {},
            h("h3", {}, title),
            h("p", {}, `${NUMBER.format(period.answered)} ${period.answered === 1 ? "chat" : "chats"} answered`),
            h("p", { class: "sub" }, `${lasting(period.monitoredSeconds)} monitored`, period.durationSeconds === undefined ? null : `, ${lasting(period.durationSeconds)} a chat`, period.rating === undefined ? null : `, rated ${MEAN.format(period.rating)}`)))),
        ...(summary.coops.length === 0 ? [] : [h("ul", { class: "mine-coops" }, ...summary.coops.map(({ name, level, admins }) => h("li", {},
          h("bdi", {}, name), ` · ${LEVELS[level] ?? "Backup staff"} · `, h("span", { class: "about-inline" }, admins.length === 0 ? "no admin" : `admins: ${admins.map((admin) => admin.name).join(", ")}`))))]));
    });
    return h("section", { class: "card wide", "aria-label": "My summary", dataset: { report: "summary" } }, h("div", { class: "bar" }, h("h2", {}, "My summary")), body);
  }
}

// ---- Drawing

const objects = ({ columns, rows }) => rows.map((cells) => Object.fromEntries(cells.map((cell, index) => [columns[index], cell])));

const nothing = () => [h("p", { class: "empty" }, "Nothing in this time.")];

function tiles(report) {
  const [total] = objects(report);
  const tile = (name, value, more = null) => h("div", { class: "tile" }, h("dt", {}, name), h("dd", {}, value, more === null ? null : h("small", {}, ` ${more}`)));
  return [h("dl", { class: "tiles" },
    tile("Chats", words("number", total.requested), total.open > 0 ? `${total.open} open` : null),
    tile("Answered", words("share", total.answered_share), `of ${total.answered + total.missed}`),
    tile("Missed", words("number", total.missed)),
    tile("Through co-ops", words("number", total.through_coop)),
    tile("Median wait", words("seconds", total.wait_median)),
    tile("Median duration", words("seconds", total.duration_median)),
    tile("Patrons’ rating", words("mean", total.rating_mean), total.ratings > 0 ? `of ${total.ratings}` : null),
    tile("QA rating", words("mean", total.qa_rating_mean), total.qa_ratings > 0 ? `of ${total.qa_ratings}` : null))];
}

/** A week as a table of coloured, numbered cells. */
function heat(report, column, kind, what) {
  const rows = objects(report);
  const most = Math.max(...rows.map((row) => row[column]));
  if (!(most > 0)) {
    return nothing();
  }
  const hours = [...Array(24).keys()];
  return [h("table", { class: "heat" },
    h("caption", { class: "unseen" }, `By weekday and hour: ${what}`),
    h("thead", {}, h("tr", {}, h("td", {}), ...hours.map((hour) => h("th", { scope: "col" }, String(hour))))),
    h("tbody", {}, ...WEEKDAYS.map((weekday) => h("tr", {},
      h("th", { scope: "row" }, weekdayName(weekday)),
      ...hours.map((hour) => {
        const value = rows.find((row) => row.weekday === weekday && row.hour === hour)[column];
        return h("td", { dataset: { level: String(Math.ceil(value / most * 5)) } }, value === 0 ? h("span", { class: "unseen" }, "0") : shortened(value, kind));
      })))))];
}

const shortened = (value, kind) => (kind === "hours" ? NUMBER.format(value) : new Intl.NumberFormat(undefined, { notation: "compact" }).format(value));

function weekdayName(weekday) {
  // The fifth of January 2026 was a Monday.
  return new Intl.DateTimeFormat(undefined, { weekday: "short", timeZone: "UTC" }).format(new Date(Date.UTC(2026, 0, 5 + WEEKDAYS.indexOf(weekday))));
}

/** A table with bars; columns are `[name, heading, kind, bar]`. A sparse one leaves out rows of which the first bar says nothing. */
function listed(report, columns, title, sparse = false) {
  const [first] = columns.find(([, , , bar]) => bar !== undefined);
  const rows = objects(report).filter((row) => !sparse || row[first] > 0);
  const most = new Map(columns.map(([name]) => [name, Math.max(...rows.filter((row) => row.row !== "anybody" && row.kind !== "any").map((row) => Math.abs(row[name] ?? 0)))]));
  if (rows.length === 0 || rows.every((row) => columns.every(([name, , , bar]) => bar === undefined || !row[name]))) {
    return nothing();
  }
  return [h("table", {},
    h("caption", { class: "unseen" }, title),
    h("thead", {}, h("tr", {}, ...columns.map(([, heading, kind, bar]) => h("th", { scope: "col", class: kind === undefined || kind === "named" || kind === "hour" || kind === "option" || bar !== undefined ? "" : "number" }, heading)))),
    h("tbody", {}, ...rows.map((row) => h("tr", {}, ...columns.map((column, index) => cell(report, row, column, most, index === 0))))))];
}

function cell(report, row, [name, , kind = "text", bar], most, first) {
  if (kind === "named" || kind === "option" || kind === "hour" || kind === "text") {
    return h(first ? "th" : "td", first ? { scope: "row" } : {}, h("bdi", {}, called(report, row, name, kind)));
  }
  const value = row[name];
  if (bar === undefined || value === null) {
    return h("td", { class: bar === undefined ? "number" : "" }, words(kind, value));
  }
  const measure = h("div", { class: bar.replace("bar", "measure"), "aria-hidden": "true" });
  const whole = kind === "share" ? 1 : most.get(name);
  measure.style.setProperty("--share", `${whole === 0 ? 0 : Math.min(100, Math.abs(value) / whole * 100)}%`);
  return h("td", {}, h("div", { class: "measured" }, h("span", { class: "value" }, words(kind, value)), measure));
}

/** What a row is called: by its name, or its id, or what it stands for. */
function called({ columns }, row, name, kind) {
  switch (kind) {
    case "hour": return `${row.hour}–${row.hour + 1}`;
    case "option": return row.kind === "any" ? "Any of them" : row.id;
    case "named": return row.row === "anybody" ? "Anybody" : row.row === "others" ? "All others" : row.name ?? row[columns[0]] ?? "Unknown";
    default: return name === "weekday" ? weekdayName(row.weekday) : String(row[name]);
  }
}

function bands(report) {
  const rows = objects(report).map((row) => ({ ...row, band: row.up_to === null ? `over ${lasting(row.over)}` : row.over === null || row.over === 0 ? `up to ${lasting(row.up_to)}` : `${lasting(row.over)} to ${lasting(row.up_to)}` }));
  return listed({ columns: [...report.columns, "band"], rows: rows.map((row) => [...report.columns.map((column) => row[column]), row.band]) },
    [["band", "Time"], ["chats", "Chats", "number", "bar"], ["share", "Share", "share"]], "Times");
}

function spans(report) {
  const rows = objects(report);
  const at = (instant) => new Date(instant).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  const gaps = rows.filter(({ staffing }) => staffing !== "served");
  return [h("table", {},
    h("caption", { class: "unseen" }, "Times in which the widget’s own options were not staffed"),
    h("thead", {}, h("tr", {}, ...["From", "Up to", "Length", "Who was there"].map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, ...(gaps.length === 0 ? [h("tr", {}, h("td", { colspan: "4" }, "It was staffed throughout."))] : gaps.slice(0, SPANS_SHOWN).map((span) => h("tr", {},
      h("th", { scope: "row" }, at(span.from)), h("td", {}, at(span.to)), h("td", {}, lasting(span.length)), h("td", {}, STAFFINGS[span.staffing] ?? span.staffing))))))];
}

/** The date that a zone's calendar shows, as a date field has it. */
function day(instant, zone) {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(instant);
}

begin("statistics", "/api/statistics/choices", (office, known) => void new StatisticsPage(office, known));
