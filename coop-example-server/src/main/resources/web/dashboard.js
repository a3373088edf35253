/** The librarian's dashboard: who it is for, and how its parts play together. */

import { h, text, show, arrange, attribute, icon } from "/coop-web/dom.js";
import { NoToken } from "/coop-web/coop-client.js";
import { choose, named } from "./staff/choose.js";
import { Office, say, told } from "./staff/office.js";
import { Desk } from "./dashboard/desk.js";
import { MeView } from "./dashboard/me-view.js";
import { WaitingView } from "./dashboard/waiting-view.js";
import { PreviewView } from "./dashboard/preview-view.js";
import { ChatView } from "./dashboard/chat-view.js";
import { RoomsView } from "./dashboard/rooms-view.js";
import { askBlock, askDisposition, askReason, askEnding, askLeaving, askTarget, askTicket } from "./dashboard/dialogs.js";

const TICK = 200;
const COLLEAGUES_EVERY = 15_000;

const by = (id) => document.getElementById(id);

class Dashboard {
  #desk;
  #me;
  #inbox;
  #preview;
  #talks;
  #talking = false;
  #panes = new Map();
  #previewed = null;
  #views = new Map();
  #empty = h("div", { class: "nothing" }, icon("chat"), h("p", {}, "Chats you claim open here, side by side."), h("p", { class: "about" }, "Choose a waiting chat to look into it first."));
  #signedOut;
  #office;

  constructor(operator) {
    this.#office = new Office(operator);
    this.#desk = new Desk(() => ticket(operator));
    const act = this.#actions();
    this.#me = new MeView(by("me"), this.#desk, act);
    this.#inbox = new WaitingView(by("inbox"), this.#desk, act);
    this.#preview = new PreviewView(this.#desk, act);
    this.#talks = new RoomsView(this.#desk.rooms, () => act.talk(false));
    this.#act = act;
    this.#signedOut = h("div", { class: "nothing" }, icon("exit"), h("p", {}, "You are signed out. No chat reaches you."),
      h("button", { type: "button", class: "primary", on: { click: () => this.#desk.signIn() } }, "Sign in again"),
      h("a", { href: "/dashboard" }, "Somebody else"));
    this.#buildViews();
    this.#desk.addEventListener("change", () => this.#update());
    this.#desk.addEventListener("say", ({ detail }) => tell(detail));
    addEventListener("beforeunload", (event) => this.#desk.live.length > 0 && event.preventDefault());
    setInterval(() => this.#tick(), TICK);
    setInterval(() => document.hidden || this.#askAround(), COLLEAGUES_EVERY);
    this.#desk.open();
  }

  #act;

  // ---- What the librarian does ---------------------------------------------------------------------------------------

  #actions() {
    const desk = this.#desk;
    return {
      previewed: () => this.#previewed?.chat ?? null,
      preview: (chat) => this.#look(chat),
      closePreview: () => this.#look(null),
      claim: (chat) => this.#claim(chat),
      hurry: (chat) => desk.waiting.get(chat)?.next && desk.hurry(chat, desk.waiting.get(chat).next),
      dismiss: async (chat) => {
        if (desk.waiting.get(chat)?.offer) {
          return desk.decline(chat);
        }
        const reason = await askReason();
        return reason !== null && desk.dismiss(chat, reason);
      },
      handOver: async (chat) => {
        const target = await askTarget(await desk.targets(chat));
        target !== null && desk.transfer(chat, target);
      },
      withdraw: (chat) => desk.withdraw(chat),
      end: async (chat) => {
        const disposition = await askDisposition(desk.dispositions);
        disposition !== null && desk.end(chat, disposition);
      },
      office: this.#office,
      block: (chat) => this.#block(chat),
      ticket: (chat, known) => this.#ticket(chat, known),
      put: (chat) => desk.put(chat),
      upload: (chat, file, id, progress) => this.#office.upload("/api/files/share", { chat, name: file.name, id }, file, progress),
      save: (chat, { file, fileName }) => told(() => this.#office.save("/api/files", { chat, file }, fileName)),
      offline: () => this.#leave("go offline", () => desk.status("offline")),
      endSession: (colleague) => this.#endSession(colleague),
      talk: (on) => this.#talk(on),
      signOut: () => this.#leave("sign out", () => desk.signOut()),
    };
  }

  #askAround() {
    this.#desk.askColleagues();
    this.#desk.online && this.#desk.rooms.refresh();
  }

  #talk(on) {
    this.#talking = on ?? !this.#talking;
    this.#update();
    if (this.#talking) {
      this.#view("desk");
      this.#talks.element.scrollIntoView({ block: "nearest", inline: "nearest" });
      this.#talks.update();
      this.#talks.focus();
    } else {
      document.querySelector("#me .talk-open")?.focus();
    }
  }

  async #block(chat) {
    const order = await askBlock();
    if (order === null) {
      return;
    }
    const { reason, days, end } = order;
    await told(async () => {
      const done = await this.#office.act("/api/blocks/block", { chat, reason, days, ...(end ? { end: "lost" } : {}) });
      say(done.notEnded ? `The patron is blocked, but the chat was not ended: ${done.notEnded}.` : "The patron is blocked.");
    });
  }

  async #ticket(chat, known) {
    const asked = await askTicket(known);
    if (asked === null) {
      return;
    }
    await told(async () => {
      await this.#office.act("/api/tickets/open", { chat, id: crypto.randomUUID(), ...asked });
      say("The ticket is opened. The patron's library has it.");
    });
  }

  async #leave(verb, go) {
    const open = this.#desk.live.length;
    const answer = open === 0 ? "go" : await askLeaving(open, verb);
    if (answer === "finish") {
      await this.#desk.status("finishing");
    } else if (answer === "go") {
      await go();
    }
  }

  /** How many chats there are is asked anew: the list may be some seconds old. */
  async #endSession({ id, name }) {
    await this.#desk.askColleagues();
    const { openChats } = this.#desk.house.find((one) => one.id === id) ?? { openChats: 0 };
    (await askEnding(name, openChats)) && (await this.#desk.endSession(id));
  }

  #look(chat) {
    const before = this.#previewed?.chat;
    this.#previewed = chat === null || chat === before ? null : { chat, summary: this.#desk.waiting.get(chat) };
    this.#update();
    if (this.#previewed !== null) {
      this.#view("desk");
      this.#preview.element.scrollIntoView({ block: "nearest", inline: "nearest" });
      this.#preview.focus();
    } else {
      this.#view("inbox");
      document.querySelector(`.item[data-chat="${CSS.escape(before ?? "")}"] .open`)?.focus();
    }
  }

  async #claim(chat) {
    await this.#desk.claim(chat);
    const pane = this.#panes.get(chat);
    if (pane) {
      this.#view("desk");
      pane.element.scrollIntoView({ block: "nearest", inline: "nearest" });
      pane.focus();
    }
  }

  // ---- Showing what is -----------------------------------------------------------------------------------------------

  #update() {
    if (this.#desk.connection.state === "denied") {
      choose("This librarian is not let in", "The server knows nobody of that name. Choose somebody else.");
      return;
    }
    if (this.#desk.operator === null) {
      return;
    }
    show(by("app"), true);
    this.#updatePreview();
    this.#me.update();
    this.#inbox.update();
    this.#updateDesk();
    this.#updateViews();
    const { waitingTotal, operator } = this.#desk;
    document.title = `${waitingTotal > 0 ? `(${waitingTotal}) ` : ""}${operator.name} – Dashboard`;
  }

  #updatePreview() {
    const shown = this.#previewed;
    if (shown === null) {
      return;
    }
    const summary = this.#desk.waiting.get(shown.chat);
    if (this.#desk.chats.has(shown.chat) && summary === undefined) {
      this.#previewed = null;
      return;
    }
    shown.summary = summary ?? shown.summary;
    const gone = this.#desk.gone.find((one) => one.chat === shown.chat) ?? shown.gone;
    shown.gone = summary === undefined ? gone : undefined;
    this.#preview.update(shown.summary, shown.gone, summary === undefined);
  }

  #updateDesk() {
    const { chats, self } = this.#desk;
    this.#panes.forEach((_, id) => chats.has(id) || this.#panes.delete(id));
    chats.forEach((chat, id) => {
      if (!this.#panes.has(id)) {
        this.#panes.set(id, new ChatView(this.#desk, chat, this.#act));
      }
      this.#panes.get(id).update();
    });
    const panes = [...this.#panes.values()].map(({ element }) => element);
    if (this.#previewed !== null) {
      panes.unshift(this.#preview.element);
    }
    if (this.#talking) {
      panes.unshift(this.#talks.element);
    }
    const out = !self.signedIn || self.status === "offline";
    arrange(by("desk"), panes.length > 0 ? panes : [out && this.#desk.online ? this.#signedOut : this.#empty]);
  }

  #tick() {
    this.#me.tick();
    this.#inbox.tick();
    this.#preview.tick();
    this.#panes.forEach((pane) => pane.tick());
    this.#desk.tidy();
  }

  // ---- The parts on a phone ------------------------------------------------------------------------------------------

  #buildViews() {
    const parts = { me: ["You", "people"], inbox: ["Waiting", "clock"], desk: ["Chats", "chat"] };
    Object.entries(parts).forEach(([id, [name, drawing]]) => {
      const badge = h("span", { class: "count" });
      const button = h("button", { type: "button", on: { click: () => this.#view(id) } }, icon(drawing), name, badge);
      this.#views.set(id, { button, badge });
      by("views").append(button);
    });
  }

  #view(id) {
    by("app").dataset.view = id;
    this.#updateViews();
  }

  #updateViews() {
    const shown = by("app").dataset.view;
    const counts = { inbox: this.#desk.waitingTotal, desk: this.#desk.live.length, me: 0 };
    this.#views.forEach(({ button, badge }, id) => {
      attribute(button, "aria-current", id === shown ? "true" : null);
      show(badge, counts[id] > 0);
      text(badge, String(counts[id]));
    });
  }
}

/** Tells the librarian: what was refused is shown for a while, what merely happened is read out only. */
function tell({ text: words, tone }) {
  tone === "quiet" ? text(by("quiet"), words) : say(words);
}

// ---- Who it is -------------------------------------------------------------------------------------------------------

async function ticket(operator) {
  const answer = await fetch("/api/ticket", {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ operator }),
  });
  if (answer.ok) {
    return (await answer.json()).ticket;
  }
  throw answer.status >= 400 && answer.status < 500 && answer.status !== 429 ? new NoToken() : new Error(`status ${answer.status}`);
}

const operator = named();
operator ? new Dashboard(operator) : choose();
