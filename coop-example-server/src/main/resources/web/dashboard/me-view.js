/** Who the librarian is, the status, the monitoring switches, and whether there is a connection. */

import { h, text, show, icon, arrange, attribute } from "/coop-web/dom.js";
import { countdown } from "/coop-web/time.js";
import { ColleaguesView } from "./colleagues-view.js";
import { stageKey } from "./desk.js";

const STATUSES = {
  online: ["Online", "New chats reach you."],
  away: ["Away", "You are back in a moment; new chats still reach you."],
  internal: ["Internal", "Staff chat only. No patron’s chat reaches you."],
  finishing: ["Finishing", "You keep your chats and get no new ones."],
  offline: ["Offline", "Nothing reaches you."],
};

const GROUPS = { department: "Departments", operator: "Own line", coop: "Co-ops" };

export class MeView {
  #desk;
  #parts;
  #radios = new Map();
  #switches = new Map();
  #groups = new Map();
  #colleagues;

  /** `ask` has the questions that come before what cannot be taken back: `offline()`, `signOut()` and `endSession(colleague)`. */
  constructor(element, desk, ask) {
    this.#desk = desk;
    const p = {
      name: h("bdi", { class: "me-name" }), institution: h("bdi", { class: "me-house" }), face: h("span", { class: "face", "aria-hidden": "true" }),
      link: h("p", { class: "link", role: "status" }), about: h("p", { class: "about", id: "status-about" }),
      monitoring: h("div", { class: "monitoring" }), none: h("p", { class: "about" }, "You have no desk and no co-op."),
      hint: h("p", { class: "hint" }, "Everything is off: turn on what you want to answer, and waiting chats show up."),
    };
    p.statuses = h("fieldset", { class: "statuses" }, h("legend", {}, "Status"), ...Object.keys(STATUSES).map((is) => this.#radio(is, ask)), p.about);
    p.out = h("button", { type: "button", class: "plain", on: { click: () => ask.signOut() } }, icon("exit"), "Sign out");
    p.alone = h("p", { class: "about" });
    p.unread = h("span", { class: "count" });
    p.talk = h("button", { type: "button", class: "talk-open", on: { click: () => ask.talk() } }, icon("chat"), "Staff chat", p.unread);
    p.transcripts = h("a", { target: "_blank", rel: "noopener" }, icon("note"), "Transcripts");
    p.statistics = h("a", { target: "_blank", rel: "noopener" }, icon("bars"), "Statistics");
    p.widgets = h("a", { target: "_blank", rel: "noopener" }, icon("chat"), "Widgets");
    p.tickets = h("a", { target: "_blank", rel: "noopener" }, icon("note"), "Tickets");
    p.accounts = h("a", { target: "_blank", rel: "noopener" }, icon("people"), "Accounts");
    this.#parts = p;
    this.#colleagues = new ColleaguesView(desk, ask.endSession);
    element.append(
      h("header", { class: "who" }, p.face, h("div", { class: "names" }, h("h1", {}, p.name), p.institution)),
      p.link, p.statuses,
      h("section", { "aria-labelledby": "monitoring-title" }, h("h2", { id: "monitoring-title" }, "Monitoring"), p.hint, p.monitoring, p.none),
      this.#colleagues.element,
      h("nav", { class: "elsewhere", "aria-label": "Other pages" }, p.talk, p.transcripts, p.statistics, p.tickets, p.accounts, p.widgets),
      h("footer", {}, p.alone, p.out));
  }

  #radio(is, ask) {
    const input = h("input", { type: "radio", name: "status", value: is, "aria-describedby": "status-about" });
    input.addEventListener("change", async () => {
      is === "offline" ? await ask.offline() : await this.#desk.status(is);
      this.update();
    });
    this.#radios.set(is, input);
    return h("label", { class: "status-line" }, input, h("span", { class: `dot dot-${is}`, "aria-hidden": "true" }), STATUSES[is][0]);
  }

  update() {
    const { operator, self, online } = this.#desk;
    if (operator === null) {
      return;
    }
    const p = this.#parts;
    text(p.name, operator.name);
    text(p.institution, operator.institution.name);
    attribute(p.transcripts, "href", `/transcripts?as=${encodeURIComponent(operator.id)}`);
    attribute(p.statistics, "href", `/statistics?as=${encodeURIComponent(operator.id)}`);
    attribute(p.widgets, "href", `/widgets?as=${encodeURIComponent(operator.id)}`);
    attribute(p.tickets, "href", `/tickets?as=${encodeURIComponent(operator.id)}`);
    attribute(p.accounts, "href", `/accounts?as=${encodeURIComponent(operator.id)}`);
    text(p.face, [...operator.name.trim()][0] ?? "?");
    p.face.dataset.status = self.signedIn ? self.status : "offline";
    this.#radios.forEach((input, is) => {
      input.checked = self.status === is;
      input.disabled = !online;
    });
    text(p.about, STATUSES[self.status]?.[1] ?? "");
    this.#monitoring(self, online);
    this.#colleagues.update();
    text(p.unread, String(this.#desk.rooms.unread));
    show(p.unread, this.#desk.rooms.unread > 0);
    text(p.alone, this.#leftAlone(self));
    this.tick();
  }

  /** P6: which desks and co-ops nobody monitors any more if this librarian leaves. */
  #leftAlone({ options }) {
    const alone = options.filter((option) => {
      const there = option.on && option.kind !== "operator" ? this.#desk.colleagues.get(stageKey(option)) ?? [] : [];
      return there.length === 1 && there[0].mine;
    });
    return alone.length === 0 ? "" : `If you leave, nobody is left on ${alone.map(({ name }) => name).join(", ")}.`;
  }

  #monitoring({ options }, online) {
    const byKind = Object.keys(GROUPS).map((kind) => [kind, options.filter((option) => option.kind === kind)]);
    const groups = byKind.filter(([, some]) => some.length > 0).map(([kind, some]) => {
      const group = this.#group(kind);
      arrange(group.lines, some.map((option) => this.#switch(option, online)));
      return group.element;
    });
    arrange(this.#parts.monitoring, groups);
    show(this.#parts.none, options.length === 0);
    show(this.#parts.hint, options.length > 0 && options.every((option) => !option.on));
  }

  #group(kind) {
    if (!this.#groups.has(kind)) {
      const lines = h("div");
      this.#groups.set(kind, { lines, element: h("div", { class: "group", role: "group", "aria-label": GROUPS[kind] }, h("h3", {}, GROUPS[kind]), lines) });
    }
    return this.#groups.get(kind);
  }

  #switch(option, online) {
    const key = stageKey(option);
    if (!this.#switches.has(key)) {
      const input = h("input", { type: "checkbox", role: "switch" });
      const others = h("span", { class: "others" });
      input.addEventListener("change", () => this.#turn(option, input));
      const badge = option.backup ? h("span", { class: "tag" }, "backup") : option.coop === "local" ? h("span", { class: "tag" }, "local") : null;
      const element = h("label", { class: "switch" }, h("span", { class: "switch-name" }, h("bdi", {}, option.name), badge), others, input);
      this.#switches.set(key, { input, others, element });
    }
    const { input, others, element } = this.#switches.get(key);
    if (!input.busy) {
      input.checked = option.on;
    }
    input.disabled = !online;
    this.#others(others, key, element);
    return element;
  }

  async #turn(option, input) {
    input.busy = true;
    await this.#desk.monitor(option, input.checked);
    input.busy = false;
    this.update();
  }

  #others(line, key, element) {
    const there = key.startsWith("operator:") ? undefined : this.#desk.colleagues.get(key);
    text(line, there === undefined ? "" : whoIsThere(there));
    attribute(element, "title", there?.length ? there.map(({ name, institution }) => `${name} (${institution})`).join(", ") : null);
  }

  /** What changes with the time alone. */
  tick() {
    const { state, retryAt } = this.#desk.connection;
    const line = this.#parts.link;
    line.dataset.state = state;
    text(line, LINKS[state] ?? `Reconnecting in ${countdown(Math.max(1000, retryAt - performance.now()))}`);
  }
}

/** P6: who monitors it, and whether anybody would if this librarian left. */
function whoIsThere(there) {
  const others = there.filter(({ mine }) => !mine).length;
  if (others < there.length) {
    return others === 0 ? "only you" : `you and ${others}`;
  }
  return others === 0 ? "nobody" : `${others} there`;
}

const LINKS = {
  online: "Connected", connecting: "Connecting…", idle: "Connecting…", closed: "Not connected",
  denied: "Not let in", failed: "The connection failed. Reload the page.",
};
