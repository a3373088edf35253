/** A patron's chat with a library: what is known of it, and what the patron can do. Knows no page element. */

import { CoopClient, EntryLog } from "../coop-client.js";
import { upload, save } from "../files.js";
import { t } from "../texts.js";
import { PatronKey } from "./patron-key.js";

const STATUS_EVERY_OPEN = 5_000;
const STATUS_EVERY_CLOSED = 15_000;
const LIVE = new Set(["waiting", "claimed"]);

/** Nobody knows whether it arrived: it is sent again under the same id. */
const LATER = { message: t("unreachable"), again: true };

/**
 * Events: `change` whenever something looks different now. `mode` says what to show: `loading`, `form`, `offline`, `waiting`,
 * `claimed`, `over`.
 */
export class PatronChat extends EventTarget {
  /** The widget as the server describes it; null until known. */
  widget = null;
  /** Where the chat stands, as the server says; null without a chat. */
  state = null;
  /** Messages under way to the server: `{text, failed}`. */
  outbox = [];
  /** Whether a start is under way. */
  starting = false;
  /** Why the last start was refused, for people; null otherwise. */
  refusal = null;
  /** Whether the widget's face is open: its status is asked for more often then. */
  open = false;

  #widgetId;
  #home;
  #key = null;
  #client = null;
  #logs = new Map();

  /** `home`: where the server's doors are looked for. */
  constructor(widgetId, home) {
    super();
    this.#widgetId = widgetId;
    this.#home = home;
  }

  /** Asks for the widget, and finds a chat again that goes on. */
  async begin() {
    await this.#refresh();
    this.#poll();
    document.addEventListener("visibilitychange", () => !document.hidden && this.#refresh());
  }

  get mode() {
    if (this.state !== null) {
      return LIVE.has(this.state.phase) ? this.state.phase : "over";
    }
    if (this.widget === null || (this.#key?.chat && this.connection !== "denied")) {
      return "loading";
    }
    return this.widget.online || this.starting ? "form" : "offline";
  }

  get connection() {
    return this.#client?.connection.state ?? "idle";
  }

  /** The chat's entries, in order. */
  get entries() {
    return this.state === null ? [] : this.#log(this.state.chat).entries;
  }

  /** How many messages of librarians came since the patron last looked. */
  get unread() {
    return this.entries.filter((entry) => ["said", "file-shared"].includes(entry.event) && entry.author === "operator" && entry.seq > this.#key.seen).length;
  }

  /** Since when the patron waits: the chat's start, or the loss of its librarian. */
  get waitingSince() {
    const lost = this.entries.findLast((entry) => entry.event === "owner-lost");
    const since = lost?.at ?? this.state?.startedAt;
    return since === undefined ? null : Date.parse(since);
  }

  /** The patron has everything before them. */
  looked() {
    if (this.state !== null && this.#log(this.state.chat).last > this.#key.seen) {
      this.#key.seen = this.#log(this.state.chat).last;
    }
  }

  /** The server's time. */
  now() {
    return this.#client?.now() ?? Date.now();
  }

  // ---- What the patron does ------------------------------------------------------------------------------------------

  /** Starts a chat with what the form says. */
  async start(fields) {
    this.starting = true;
    this.refusal = null;
    this.#changed();
    this.#connect();
    const result = await this.#client.command("start", { widget: this.#widgetId, referrer: location.href, ...fields });
    this.starting = false;
    if (result.ok) {
      this.#key.chat = result.chat;
      this.#key.seen = 0;
      await this.#catchUp(result.chat);
    } else {
      this.#refused(result);
    }
    this.#changed();
  }

  #refused(result) {
    if (result.code === "widget-offline") {
      this.widget = { ...this.widget, online: false, texts: { ...this.widget.texts, offline: result.message } };
    } else {
      this.refusal = result.code === "closed" ? t("unreachable") : result.message;
    }
    this.#client.close();
    this.#client = null;
  }

  /** Says something. It stays in `outbox` until the server has it. */
  async say(text) {
    const message = { text, failed: false };
    this.outbox.push(message);
    this.#changed();
    const result = await this.#client.command("say", { chat: this.state?.chat, text });
    if (!result.ok) {
      message.failed = true;
    } else if (this.#log(result.chat).last >= result.seq) {
      this.#sent(message);
    } // else its entry is on the way, and takes it out
    this.#changed();
  }

  /** Sends a file. It stays in `outbox` until the server has it. */
  share(file) {
    return this.#share({ text: file.name, file, id: crypto.randomUUID(), failed: false, progress: 0 });
  }

  async #share(message) {
    const chat = this.state?.chat;
    this.outbox.push(message);
    this.#changed();
    const url = new URL(`files/${encodeURIComponent(chat)}?${new URLSearchParams({ name: message.file.name, id: message.id })}`, this.#home);
    const result = await upload(url, this.#key.secret, message.file, (progress) => {
      message.progress = progress;
      this.#changed();
    });
    if (result.ok) {
      this.#sent(message);
    } else {
      Object.assign(message, { failed: true, reason: result.message, final: !["unavailable", "unknown-outcome", "rate-limited"].includes(result.code) });
    }
    this.#changed();
  }

  /** Saves a file of the chat. */
  save({ file, fileName }) {
    const chat = encodeURIComponent(this.state?.chat);
    return save(new URL(`files/${chat}/${encodeURIComponent(file)}`, this.#home), this.#key.secret, fileName);
  }

  /** Tries a message again that was refused. */
  again(message) {
    this.#sent(message);
    message.file === undefined ? this.say(message.text) : this.#share({ ...message, failed: false, progress: 0 });
  }

  /** The patron's last rating of the chat, 1 to 5; null before there is one. */
  get rating() {
    return this.entries.findLast((entry) => entry.event === "rated")?.rating ?? null;
  }

  /** Whether a librarian had the chat and it is over: then it may be rated. */
  get rateable() {
    return this.state?.phase === "ended" && this.entries.some((entry) => entry.event === "claimed");
  }

  /** Rates the chat that is over, with a comment or none; whether the server has it. */
  async rate(rating, comment) {
    const text = comment.trim() === "" ? {} : { text: comment };
    return (await this.#client.command("rate", { chat: this.state?.chat, rating, ...text })).ok;
  }

  /** Whether the patron may ask by ticket about the chat. */
  get ticketOffered() {
    return this.state?.ticketOffered === true && this.widget?.questions === true;
  }

  /** Asks by ticket about the chat; null once the library has it, else `{message, again}`: why not, and whether it may come through as it is. */
  async askByTicket({ id, ...fields }) {
    const result = await this.#client.command("ticket", { chat: this.state?.chat, ...fields }, id);
    return result.ok ? null : reason(result);
  }

  /** What is found in the library's public answers; null where they cannot be searched. */
  async searchFaq(words) {
    try {
      const url = new URL(`widgets/${encodeURIComponent(this.#widgetId)}/faq`, this.#home);
      url.searchParams.set("q", words);
      const answer = await fetch(url);
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  /** Leaves a question where nobody is there; null once the library has it, else `{message, again}` as for a ticket. */
  async leaveQuestion(fields) {
    try {
      const answer = await fetch(new URL(`widgets/${encodeURIComponent(this.#widgetId)}/questions`, this.#home), {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(fields),
      });
      return answer.ok ? null : reason(await answer.json());
    } catch {
      return LATER;
    }
  }

  /** Leaves for good: the chat is over. */
  async leave() {
    await this.#client.command("leave", { chat: this.state?.chat });
  }

  /** Done with a chat that is over: the form is there again. */
  reset() {
    this.#key.renew();
    this.#done();
  }

  #done() {
    this.#key.chat = null;
    this.state = null;
    this.outbox = [];
    this.#client?.close();
    this.#client = null;
    this.#changed();
    this.#refresh();
  }

  // ---- The widget ----------------------------------------------------------------------------------------------------

  async #refresh() {
    try {
      const answer = await fetch(new URL(`widgets/${encodeURIComponent(this.#widgetId)}`, this.#home));
      if (!answer.ok) {
        return;
      }
      this.widget = await answer.json();
    } catch {
      return; // the next round asks again
    }
    if (this.#key === null) {
      this.#key = new PatronKey(this.widget.institution);
      this.#key.onChange(() => this.#otherTab());
      this.#otherTab();
    }
    this.#changed();
  }

  #poll() {
    setTimeout(async () => {
      if (!document.hidden && this.#client === null) {
        await this.#refresh();
      }
      this.#poll();
    }, this.open ? STATUS_EVERY_OPEN : STATUS_EVERY_CLOSED);
  }

  #otherTab() {
    if (this.#key.chat !== null) {
      this.#connect();
    } else if (this.mode === "over") {
      this.#done();
    }
  }

  // ---- The connection ------------------------------------------------------------------------------------------------

  #connect() {
    if (this.#client === null) {
      const url = new URL(this.widget.socket, this.#home);
      url.protocol = url.protocol.replace("http", "ws");
      const token = () => this.#key.secret;
      this.#client = new CoopClient({ url, role: "patron", token, resume: () => this.#resume() });
      this.#client.addEventListener("welcome", (event) => this.#welcomed(event.detail));
      this.#client.addEventListener("notice", (event) => this.#noticed(event.detail));
      this.#client.addEventListener("connection", () => this.#changed());
    }
    this.#client.connect();
  }

  #resume() {
    const log = this.state && this.#log(this.state.chat);
    return log ? [{ chat: this.state.chat, after: log.complete }] : [];
  }

  /** A chat that is over and that the patron is done with stays gone; every other one is shown. */
  #welcomed({ chats }) {
    const { state, entries, more, resumed } = chats.find((chat) => chat.state) ?? {};
    const wanted = this.#key.chat;
    if (!state || !(LIVE.has(state.phase) || state.chat === wanted)) {
      if (wanted !== null && !this.starting) {
        this.#done();
      }
      return;
    }
    if (!resumed) {
      this.#logs.set(state.chat, new EntryLog());
    }
    this.#take(state);
    this.#page(state.chat, entries, more);
    this.#changed();
  }

  #noticed(notice) {
    if (notice.is === "state") {
      this.#take(notice.state);
    } else if (notice.is === "entry") {
      if (this.#log(notice.chat).addLive(notice.entry) && notice.entry.mine) {
        this.#arrived(notice.entry);
      }
    }
    this.#changed();
  }

  #take(state) {
    const known = this.state;
    if (known && known.chat === state.chat && state.seq < known.seq) {
      return;
    }
    if (LIVE.has(state.phase) || state.chat === this.#key.chat) {
      this.state = state;
      this.#key.chat = state.chat;
    }
  }

  /** After a start: the notices of the new chat may not all be here yet, or may not come for a chat that went on. */
  async #catchUp(chat) {
    if (this.state?.chat === chat) {
      return;
    }
    const answer = await this.#client.query("chat");
    if (answer.ok && answer.value.state) {
      this.#take(answer.value.state);
      await this.#fetchRest(chat);
    }
  }

  async #page(chat, entries, more) {
    this.#log(chat).addPage(entries, more);
    entries.filter((entry) => entry.mine).forEach((entry) => this.#arrived(entry));
    if (more) {
      await this.#fetchRest(chat);
    }
  }

  async #fetchRest(chat) {
    const answer = await this.#client.query("conversation", { after: this.#log(chat).complete });
    if (answer.ok && answer.value.chat === chat) {
      await this.#page(chat, answer.value.entries, answer.value.more);
      this.#changed();
    }
  }

  /** An own message is in the log: it is not under way any more. */
  #arrived(entry) {
    const message = this.outbox.find(({ text, file }) => file === undefined && text === entry.text);
    if (entry.event === "said" && message) {
      this.#sent(message);
    }
  }

  #sent(message) {
    this.outbox = this.outbox.filter((other) => other !== message);
  }

  #log(chat) {
    if (!this.#logs.has(chat)) {
      this.#logs.set(chat, new EntryLog());
    }
    return this.#logs.get(chat);
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

/** Why something was refused, in a sentence, and whether it may come through later. */
function reason({ code, message }) {
  return ["closed", "unavailable", "unknown-outcome", "internal", "busy"].includes(code)
    ? LATER
    : { message: `${message.charAt(0).toUpperCase()}${message.slice(1)}.`, again: false };
}
