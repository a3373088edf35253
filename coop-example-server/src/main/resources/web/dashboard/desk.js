/** A librarian's desk: what the server says of it, and what the librarian can do. Knows no page element. */

import { CoopClient } from "/coop-web/coop-client.js";
import { OwnChat } from "./own-chat.js";
import { Rooms } from "./rooms.js";

const GONE_KEPT = 5;
const GONE_MILLIS = 90_000;
/** How many chats a client may name to go on with. */
const RESUMED = 100;

/** The name of a stage as a text, to compare and to look up by. */
export function stageKey({ kind, id, backup }) {
  return `${kind}:${id}${backup ? "+" : ""}`;
}

/** What a librarian calls a stage. */
export function stageName(stage) {
  return stage.backup ? `${stage.name} backup` : stage.name;
}

/** Events: `change` whenever something looks different, `say` with a text for the librarian. */
export class Desk extends EventTarget {
  /** The librarian; null before the first welcome. */
  operator = null;
  /** Own presence, as the server has it. */
  self = null;
  /** Summaries of waiting chats by id. */
  waiting = new Map();
  /** How many there are, which may be more than are shown. */
  waitingTotal = 0;
  /** Chats that left the list, newest first: `{chat, summary, reason, claimedBy, claimedOf, at}`. */
  gone = [];
  /** Own chats by id, in order of claim. */
  chats = new Map();
  dispositions = [];
  /** Who monitors what, by stage key: lists as the server gives them. */
  colleagues = new Map();
  /** The staff chat. */
  rooms;
  /** Chats whose claim or acceptance is under way. */
  claiming = new Set();

  #client;
  /** Chats that left the list while their claim was under way: the claim's result says whether this librarian has them. */
  #leftMeanwhile = new Map();
  #begun = false;
  #changing = false;

  /** `token()` gives a ticket for one connection. */
  constructor(token) {
    super();
    const url = new URL("/coop", location.href);
    url.protocol = url.protocol.replace("http", "ws");
    this.#client = new CoopClient({ url, role: "operator", token, resume: () => this.#resume() });
    this.#client.addEventListener("welcome", (event) => this.#welcomed(event.detail));
    this.#client.addEventListener("notice", (event) => this.#noticed(event.detail));
    this.#client.addEventListener("connection", () => this.#changed());
    this.rooms = new Rooms(this.#client, (result) => this.#told(result));
    this.rooms.addEventListener("change", () => this.#changed());
  }

  open() {
    this.#client.connect();
  }

  get connection() {
    return this.#client.connection;
  }

  get online() {
    return this.#client.connection.state === "online";
  }

  /** The server's time. */
  now() {
    return this.#client.now();
  }

  /** Waiting chats, longest waiting first. */
  get list() {
    return [...this.waiting.values()].sort((a, b) => a.startedAt.localeCompare(b.startedAt) || (a.chat < b.chat ? -1 : 1));
  }

  /** Own chats that go on. */
  get live() {
    return [...this.chats.values()].filter((chat) => chat.phase === "claimed");
  }

  /** Colleagues of the own library who are there, as far as the stages that are asked about show them, by name. */
  get house() {
    const known = new Map([...this.colleagues.values()].flat().filter(({ id, mine }) => id && !mine).map((one) => [one.id, one]));
    return [...known.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  // ---- Presence ------------------------------------------------------------------------------------------------------

  async signIn() {
    await this.#presence("sign-in");
  }

  async signOut() {
    if ((await this.#presence("sign-out")).ok) {
      this.waiting.clear();
    }
  }

  status(is) {
    return this.#presence("status", { is });
  }

  monitor({ kind, id }, on) {
    return this.#presence("monitor", { option: { kind, id }, on });
  }

  async #presence(what, fields) {
    const result = this.#told(await this.#client.command(what, fields));
    if (result.ok && result.self) {
      this.self = result.self;
    }
    this.#changed();
    this.askColleagues();
    this.rooms.refresh();
    return result;
  }

  /** P5: signs a colleague out; the colleague's chats lose their owner. */
  async endSession(operator) {
    const result = this.#told(await this.#client.command("end-session", { operator }));
    await this.askColleagues();
    return result;
  }

  /** Asks who else monitors what this librarian may monitor. */
  async askColleagues() {
    if (!this.online || !this.self?.signedIn) {
      return;
    }
    await Promise.all(this.self.options.map(async ({ kind, id, backup }) => {
      const stage = backup ? { kind, id, backup } : { kind, id };
      const answer = await this.#client.query("online", { stage });
      answer.ok && this.colleagues.set(stageKey(stage), answer.value);
    }));
    this.#changed();
  }

  // ---- Waiting chats -------------------------------------------------------------------------------------------------

  /** Claims a waiting chat, or accepts an offered one. */
  async claim(chat) {
    if (this.claiming.has(chat)) {
      return;
    }
    this.claiming.add(chat);
    this.#changed();
    const result = await this.#client.command(this.waiting.get(chat)?.offer ? "accept" : "claim", { chat });
    this.claiming.delete(chat);
    const left = this.#leftMeanwhile.get(chat);
    this.#leftMeanwhile.delete(chat);
    if (result.ok) {
      this.#leavesList(chat);
      this.#own(chat);
    } else if (left !== undefined) {
      this.#goneFromList(left);
    } else if (result.code !== "already-claimed") {
      this.#told(result); // who claimed it is told by the notice
    }
    this.#changed();
  }

  async hurry(chat, { kind, id, backup }) {
    this.#told(await this.#client.command("hurry", { chat, seen: backup ? { kind, id, backup } : { kind, id } }));
  }

  async dismiss(chat, reason) {
    if (this.#told(await this.#client.command("dismiss", { chat, reason })).ok) {
      this.#leavesList(chat);
      this.#changed();
    }
  }

  /** Leaves an offered chat to the others. */
  async decline(chat) {
    if (this.#told(await this.#client.command("decline", { chat })).ok) {
      this.#leavesList(chat);
      this.#changed();
    }
  }

  forgetGone(chat) {
    this.gone = this.gone.filter((one) => one.chat !== chat);
    this.#changed();
  }

  /** What left the list a while ago is not shown for ever. Called now and then. */
  tidy() {
    const kept = this.gone.filter((one) => this.now() - one.seenAt < GONE_MILLIS);
    if (kept.length !== this.gone.length) {
      this.gone = kept;
      this.#changed();
    }
  }

  // ---- Own chats -----------------------------------------------------------------------------------------------------

  async end(chat, disposition) {
    return this.#told(await this.#client.command("end", { chat, disposition }));
  }

  /** To what an own chat may be handed over now: `{kind, id, name, institution, there}`. */
  async targets(chat) {
    const answer = this.#told(await this.#client.query("targets", { chat }));
    return answer.ok ? answer.value : [];
  }

  async transfer(chat, { kind, id }) {
    return this.#told(await this.#client.command("transfer", { chat, to: { kind, id } }));
  }

  async withdraw(chat) {
    return this.#told(await this.#client.command("withdraw", { chat }));
  }

  /** Takes a chat that is not this librarian's any more off the desk. */
  put(chat) {
    this.chats.delete(chat);
    this.#changed();
  }

  #own(id) {
    if (!this.chats.has(id)) {
      this.chats.set(id, new OwnChat(id, this.#client, () => this.#changed()));
      this.gone = this.gone.filter((one) => one.chat !== id);
    }
    return this.chats.get(id);
  }

  /** An own chat; one that was put away does not come back for what is still said about it. */
  #known(id, begins) {
    return begins || this.claiming.has(id) ? this.#own(id) : this.chats.get(id);
  }

  // ---- What the server says ------------------------------------------------------------------------------------------

  #resume() {
    return this.live.slice(0, RESUMED).map((chat) => ({ chat: chat.id, after: chat.complete }));
  }

  #welcomed(frame) {
    this.operator = frame.operator;
    this.self = frame.self;
    this.dispositions = frame.dispositions ?? [];
    this.waiting = new Map(frame.waiting.map((summary) => [summary.chat, summary]));
    this.waitingTotal = frame.waitingTotal;
    frame.chats.forEach((chat) => (chat.state ? this.#own(chat.chat).resume(chat) : this.chats.get(chat.chat)?.lost()));
    this.#changed();
    if (!this.#begun && !this.self.signedIn) {
      this.signIn();
    }
    this.#begun = true;
    this.askColleagues();
    this.rooms.refresh();
  }

  #noticed(notice) {
    switch (notice.is) {
      case "listed":
        this.#listed(notice.waiting);
        break;
      case "unlisted":
        this.#unlisted(notice);
        break;
      case "entry":
        this.#known(notice.chat, ["claimed", "transferred"].includes(notice.entry.event) && notice.entry.mine)?.entry(notice.entry);
        break;
      case "state":
        this.#known(notice.state.chat, notice.state.phase === "claimed")?.take(notice.state);
        break;
      case "posted":
        this.rooms.posted(notice);
        break;
      case "feedback":
        this.#tell("There is new QA feedback on a chat of yours: see its transcript.", "notice");
        break;
      case "released":
        this.chats.get(notice.chat)?.lost();
        break;
      case "self":
        this.#signedOut(this.self, notice.self.signOff);
        this.self = notice.self;
        break;
      default: // of a later version
    }
    this.#changed();
  }

  /** P5: says why, where it was not the librarian's own doing. */
  #signedOut(before, how) {
    if (before?.signedIn && how && how.why !== "self") {
      const why = {
        colleague: () => `${how.name ?? "An admin"} ended your session.`,
        rule: () => `You were signed out: it is closing time at ${how.rule.name}.`,
        idle: () => "You were signed out: nothing was done for a long time.",
      }[how.why];
      this.#tell(why?.() ?? "You were signed out.", "refused");
      this.waiting.clear();
    }
  }

  #listed(summary) {
    const known = this.waiting.get(summary.chat);
    if (known && known.seq > summary.seq) {
      return;
    }
    if (!known) {
      this.waitingTotal++;
      const who = `${summary.patronName ?? "A patron"} of ${summary.institution}`;
      this.#tell(summary.offer ? `${summary.offer.by} offers you the chat with ${who}.` : `${who} is waiting.`, "quiet");
    }
    this.waiting.set(summary.chat, summary);
    this.gone = this.gone.filter((one) => one.chat !== summary.chat);
  }

  #unlisted({ chat, reason, claimedBy, claimedOf, at }) {
    const summary = this.#leavesList(chat);
    if (reason === "not-eligible" || summary === undefined) {
      return;
    }
    const gone = { chat, summary, reason, claimedBy, claimedOf, at, seenAt: this.now() };
    if (this.claiming.has(chat)) {
      this.#leftMeanwhile.set(chat, gone);
    } else if (this.chats.get(chat)?.phase !== "claimed") {
      this.#goneFromList(gone);
    }
  }

  #goneFromList(gone) {
    const rest = this.gone.filter((one) => one.chat !== gone.chat);
    this.gone = [gone, ...rest].slice(0, GONE_KEPT);
  }

  #leavesList(chat) {
    const summary = this.waiting.get(chat);
    if (this.waiting.delete(chat)) {
      this.waitingTotal = Math.max(0, this.waitingTotal - 1);
    }
    return summary;
  }

  #told(result) {
    if (!result.ok && result.code !== "closed") {
      this.#tell(result.message, "refused");
    }
    return result;
  }

  #tell(text, tone) {
    this.dispatchEvent(new CustomEvent("say", { detail: { text, tone } }));
  }

  #changed() {
    if (!this.#changing) {
      this.#changing = true;
      queueMicrotask(() => {
        this.#changing = false;
        this.dispatchEvent(new Event("change"));
      });
    }
  }
}
