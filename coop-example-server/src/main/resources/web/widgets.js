/** Widgets: the library's own, and the editor of one, which says at once what is probably not meant and what would happen to a chat. */

import { h, text, show, attribute, icon } from "/coop-web/dom.js";
import { stageName } from "./dashboard/desk.js";
import { begin, offer, reason, say, told } from "./staff/office.js";

const FIELDS = { name: "Name", email: "Email", question: "Question" };
const ASKED = { off: "Not asked", optional: "Optional", required: "Required" };
const TEXTS = {
  greetingOwn: "Greeting when one of us answers", greetingCoop: "Greeting when a partner answers", waiting: "While waiting",
  stillWaiting: "Still waiting", offline: "Nobody is there", ended: "The chat has ended",
};
const KINDS = { department: "department", operator: "one person", coop: "co-op" };
const CAUSES = { initial: "from the start", absence: "nobody before it is there", time: "by the timed fallback", backup: "after the backup delay" };
const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const CHECK_MILLIS = 350;

const by = (id) => document.getElementById(id);
const same = (one, other) => one.kind === other.kind && one.id === other.id;

class WidgetsPage {
  #office;
  #known;
  #open = null;

  constructor(office, known) {
    this.#office = office;
    this.#known = known;
    told(() => this.#load());
  }

  async #load() {
    const { widgets } = await this.#office.ask("/api/widgets");
    by("list").replaceChildren(
      ...widgets.map((widget) => this.#card(widget)),
      widgets.length === 0 ? h("p", { class: "empty" }, "Your library has no widget yet.") : "",
      this.#known.may ? h("p", {}, h("button", { type: "button", class: "second", on: { click: () => this.#edit(null) } }, "New widget")) : h("p", { class: "about" }, "Your library’s admins change them."));
  }

  #card(widget) {
    const edit = this.#known.may ? h("button", { type: "button", class: "opens", dataset: { widget: widget.id }, on: { click: () => this.#edit(widget) } }, h("bdi", {}, widget.name)) : h("bdi", {}, widget.name);
    this.#open === widget.id && attribute(edit, "aria-current", "true");
    return h("article", { class: "widget-card" },
      h("h2", {}, edit, h("span", { class: widget.online ? "tag online" : "tag" }, widget.online ? "Online" : "Offline")),
      routeLine(widget),
      warnings(widget.warnings),
      h("p", { class: "about" }, h("a", { href: `/library/${encodeURIComponent(widget.id)}`, target: "_blank", rel: "noopener" }, "See it on a page")));
  }

  #edit(widget) {
    this.#open = widget?.id ?? null;
    document.querySelectorAll(".widget-card .opens").forEach((one) => attribute(one, "aria-current", one.dataset.widget === this.#open ? "true" : null));
    const editor = new Editor(this.#office, this.#known, widget, {
      close: () => this.#close(),
      saved: async (id) => {
        this.#open = id;
        await this.#load();
      },
    });
    by("editor").replaceChildren(...editor.nodes);
    show(by("editor"), true);
    by("halves").dataset.open = "true";
    by("editor").scrollTop = 0;
    by("editor").focus();
  }

  #close() {
    const before = this.#open;
    this.#open = null;
    show(by("editor"), false);
    by("editor").replaceChildren();
    delete by("halves").dataset.open;
    const edit = document.querySelector(`.opens[data-widget="${CSS.escape(before ?? "")}"]`);
    edit && attribute(edit, "aria-current", null);
    edit?.focus();
  }
}

function routeLine({ route, timedFallback }) {
  const line = h("p", { class: "route-line" });
  route.forEach((option, index) => {
    index > 0 && line.append(h("span", { class: "then" }, `${option.kind === "coop" && timedFallback !== null ? `after ${timedFallback} s` : "then"} →`));
    line.append(h("bdi", { class: "step" }, option.name));
  });
  return line;
}

function warnings(all) {
  return h("ul", { class: "warnings" }, ...all.map((one) => h("li", {}, `${one.charAt(0).toUpperCase()}${one.slice(1)}`)));
}

class Editor {
  nodes;
  #office;
  #known;
  #widget;
  #route;
  #fields = {};
  #tried = {};
  #nobody = new Map();
  #steps = h("ol", { class: "steps" });
  #adds = h("select", { "aria-label": "Add to the route" });
  #found = h("div", { role: "status" });
  #preview = h("ol", { class: "preview-line" });
  #moment = h("h3", {});
  #embed = h("pre", {});
  #turn = 0;
  #later;

  constructor(office, known, widget, { close, saved }) {
    this.#office = office;
    this.#known = known;
    this.#widget = widget;
    this.#route = widget === null ? [] : [...widget.route];
    const form = h("form", { class: "editor", on: { submit: (event) => {
      event.preventDefault();
      this.#save(saved);
    }, input: () => this.#soon() } }, ...this.#parts());
    this.nodes = [
      h("div", { class: "bar" }, h("h2", {}, widget === null ? "New widget" : h("bdi", {}, widget.name)),
        h("button", { type: "button", class: "plain small", on: { click: close } }, icon("close", "Close the editor"))),
      form,
    ];
    this.#drawRoute();
    this.#check();
  }

  // ---- The form ------------------------------------------------------------------------------------------------------

  #field(name, label, input, value) {
    input.value = value ?? "";
    this.#fields[name] = input;
    return h("label", { class: "field" }, h("span", {}, label), input);
  }

  #parts() {
    const widget = this.#widget;
    const line = (attributes = {}) => h("input", { type: "text", dir: "auto", ...attributes });
    const area = (maxlength, rows = "2") => h("textarea", { rows, maxlength, dir: "auto" });
    const select = (options) => h("select", {}, ...Object.entries(options).map(([value, label]) => h("option", { value }, label)));
    const id = this.#field("id", "Id, which never changes", line({ required: true, maxlength: "100", pattern: "[A-Za-z0-9._\\-]+" }), widget?.id);
    const consent = h("input", { type: "checkbox" });
    consent.checked = widget?.consentRequired ?? false;
    this.#fields.consent = consent;
    this.#adds.addEventListener("change", () => this.#add());
    return [
      widget === null ? id : null,
      this.#field("name", "Name", line({ required: true, maxlength: "200" }), widget?.name),
      h("fieldset", {}, h("legend", {}, "Who is asked, in this order"), this.#steps, this.#adds,
        this.#field("fallback", "Seconds before a co-op is asked too, 0 for never by time; empty: 30", h("input", { type: "number", min: "0", max: "3600", step: "1", inputmode: "numeric" }), widget?.timedFallback)),
      this.#found,
      this.#tryout(),
      h("fieldset", {}, h("legend", {}, "What patrons are asked first"), h("div", { class: "row" }, ...Object.entries(FIELDS).map(([name, label]) => this.#field(`ask-${name}`, label, select(ASKED), widget?.fields[name] ?? "optional")))),
      h("details", {}, h("summary", {}, "Texts"), ...Object.entries(TEXTS).map(([name, label]) => this.#field(`text-${name}`, label, area("2000"), widget?.texts[name]))),
      h("details", {}, h("summary", {}, "Privacy notice and consent"), this.#field("privacy", "Privacy notice", area("10000", "3"), widget?.privacyNotice), h("label", { class: "check" }, consent, h("span", {}, "Patrons have to agree to it"))),
      h("details", {}, h("summary", {}, "Pages of other sites"), this.#field("origins", "Sites that may show it, one a line, such as https://library.example.edu", area("5000", "3"), widget?.origins.join("\n"))),
      h("div", { class: "embed" }, h("h3", {}, "On a page"), this.#embed,
        h("p", {}, h("button", { type: "button", class: "second", on: { click: () => this.#copy() } }, "Copy"))),
      h("div", { class: "actions" }, h("button", { type: "submit", class: "primary" }, "Save")),
    ].filter((node) => node !== null);
  }

  #tryout() {
    const day = h("select", { "aria-label": "Day" }, h("option", { value: "" }, "Now"), ...DAYS.map((name) => h("option", { value: name }, name.charAt(0).toUpperCase() + name.slice(1))));
    const time = h("input", { type: "time", value: "19:05", "aria-label": "Time" });
    Object.assign(this.#tried, { day, time, nobody: h("div", {}) });
    return h("section", { class: "tryout", "aria-label": "Try it" },
      this.#moment,
      h("div", { class: "row" }, h("label", { class: "field" }, h("span", {}, "Day"), day), h("label", { class: "field" }, h("span", {}, "Time"), time)),
      this.#tried.nobody,
      this.#preview,
      h("p", { class: "about" }, "A chat that nobody claims, with who is there at this moment."));
  }

  // ---- The route -----------------------------------------------------------------------------------------------------

  #drawRoute(focus = null) {
    this.#steps.replaceChildren(...this.#route.map((option, index) => this.#step(option, index)));
    this.#adds.replaceChildren(h("option", { value: "" }, this.#route.length === 0 ? "Add who is asked first…" : "Then ask…"));
    offer(this.#adds, this.#known.options.filter((option) => !this.#route.some((one) => same(one, option)))
      .map((option) => [JSON.stringify([option.kind, option.id]), `${option.name} (${KINDS[option.kind]})`]));
    this.#tried.nobody.replaceChildren(...this.#stages().map((stage) => {
      const key = JSON.stringify([stage.kind, stage.id, Boolean(stage.backup)]);
      const box = h("input", { type: "checkbox", dataset: { stage: key } });
      box.checked = this.#nobody.get(key) ?? false;
      box.addEventListener("change", () => this.#nobody.set(key, box.checked));
      return h("label", { class: "check" }, box, h("span", {}, "Nobody at ", h("bdi", {}, stageName(stage))));
    }));
    focus !== null && this.#steps.children[focus[0]]?.querySelector(`[data-move="${focus[1]}"]`)?.focus();
    this.#soon();
  }

  #stages() {
    return this.#route.flatMap((option) => (option.kind === "coop" ? [option, { ...option, backup: true }] : [option]));
  }

  #step(option, index) {
    const move = (by, label, name, disabled) => h("button", { type: "button", class: "plain small", disabled, dataset: { move: name }, "aria-label": `${label} ${option.name}`, on: { click: () => this.#move(index, index + by, name) } }, by < 0 ? "↑" : "↓");
    const step = h("li", { draggable: "true" },
      h("bdi", { class: "step-name" }, option.name), h("span", { class: "tag" }, KINDS[option.kind]),
      move(-1, "Move up", "up", index === 0), move(1, "Move down", "down", index === this.#route.length - 1),
      h("button", { type: "button", class: "plain small", "aria-label": `Remove ${option.name}`, on: { click: () => {
        this.#route.splice(index, 1);
        this.#drawRoute();
        this.#adds.focus();
      } } }, "×"));
    step.addEventListener("dragstart", (event) => {
      event.dataTransfer.setData("text/plain", String(index));
      event.dataTransfer.effectAllowed = "move";
      step.classList.add("dragged");
    });
    step.addEventListener("dragend", () => step.classList.remove("dragged"));
    step.addEventListener("dragover", (event) => event.preventDefault());
    step.addEventListener("drop", (event) => {
      event.preventDefault();
      const from = Number(event.dataTransfer.getData("text/plain"));
      Number.isInteger(from) && from !== index && this.#move(from, index, null);
    });
    return step;
  }

  #move(from, to, name) {
    if (to >= 0 && to < this.#route.length && from >= 0 && from < this.#route.length) {
      const [option] = this.#route.splice(from, 1);
      this.#route.splice(to, 0, option);
      this.#drawRoute(name === null ? null : [to, name]);
    }
  }

  #add() {
    if (this.#adds.value !== "") {
      const [kind, id] = JSON.parse(this.#adds.value);
      this.#route.push(this.#known.options.find((option) => same(option, { kind, id })));
      this.#drawRoute();
      this.#adds.focus();
    }
  }

  // ---- Asking the server ---------------------------------------------------------------------------------------------

  get #body() {
    const { id, name, fallback, consent, privacy, origins } = this.#fields;
    const texts = Object.fromEntries(Object.keys(TEXTS).map((key) => [key, this.#fields[`text-${key}`].value]));
    return {
      widget: this.#widget?.id ?? id.value, institution: this.#known.institution, name: name.value, route: this.#route.map(({ kind, id: of }) => ({ kind, id: of })),
      timedFallback: fallback.value === "" ? null : Number(fallback.value),
      fields: Object.fromEntries(Object.keys(FIELDS).map((key) => [key, this.#fields[`ask-${key}`].value])),
      privacyNotice: privacy.value, consentRequired: consent.checked, origins: origins.value.split("\n").map((one) => one.trim()).filter((one) => one !== ""),
      // A new widget has the library's own words until somebody writes others.
      ...(this.#widget === null && Object.values(texts).every((value) => value === "") ? {} : { texts }),
    };
  }

  #soon() {
    clearTimeout(this.#later);
    this.#later = setTimeout(() => this.#check(), CHECK_MILLIS);
  }

  async #check() {
    const turn = ++this.#turn;
    const body = this.#body;
    text(this.#embed, `<script type="module" src="${location.origin}/coop-web/coop-chat.js" data-widget="${body.widget}"></script>`);
    if (body.widget === "" || body.name === "" || this.#route.length === 0) {
      this.#found.replaceChildren();
      this.#preview.replaceChildren();
      text(this.#moment, "Try it");
      return;
    }
    const { day, time } = this.#tried;
    const unstaffed = this.#stages().filter((stage) => this.#nobody.get(JSON.stringify([stage.kind, stage.id, Boolean(stage.backup)])))
      .map(({ kind, id, backup }) => ({ kind, id, backup: Boolean(backup) }));
    try {
      const found = await this.#office.act("/api/widgets/check", { ...body, unstaffed, ...(day.value === "" ? {} : { day: day.value, time: time.value }) });
      turn === this.#turn && this.#draw(found);
    } catch (failed) {
      turn === this.#turn && this.#found.replaceChildren(h("p", { class: "problem" }, reason(failed)));
    }
  }

  #draw({ warnings: all, openings, at, zone }) {
    this.#found.replaceChildren(warnings(all));
    text(this.#moment, `A chat on ${new Date(at).toLocaleString(undefined, { weekday: "long", hour: "2-digit", minute: "2-digit", timeZone: zone })}`);
    this.#preview.replaceChildren(...(openings.length === 0
      ? [h("li", {}, h("span", { class: "after" }, ""), h("span", { class: "nobody" }, "The widget is offline: nobody would be asked."))]
      : openings.map(({ after, stage, cause, there }) => h("li", {},
        h("span", { class: "after" }, `${after} s`),
        h("span", {}, h("bdi", {}, stageName(stage)), " ", there === 0 ? h("span", { class: "nobody" }, "(nobody there)") : `(${there} there)`, h("span", { class: "sub" }, CAUSES[cause] ?? cause))))));
  }

  #save(saved) {
    return told(async () => {
      const body = this.#body;
      await this.#office.act("/api/widgets/save", body);
      await saved(body.widget);
      say("The widget is saved. The next chat goes this way.");
    });
  }

  #copy() {
    return told(async () => {
      await navigator.clipboard.writeText(this.#embed.textContent);
      say("Copied.");
    });
  }
}

begin("widgets", "/api/widgets/choices", (office, known) => void new WidgetsPage(office, known));
