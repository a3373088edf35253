/** One chat of the librarian: where it stands, its log, and what is under way to the server. */

import { EntryLog } from "/coop-web/coop-client.js";
import { askRelease } from "./dialogs.js";

const OFFER_OVER = new Set(["transfer-over", "transferred", "owner-lost", "claimed"]);

export class OwnChat {
  /** Messages under way: `{text, note, failed, reason}`. */
  outbox = [];
  #client;
  #changed;
  #log = new EntryLog({ gapFree: true });
  #state = null;
  #fetching = false;
  #lost = false;

  constructor(id, client, changed) {
    this.id = id;
    this.#client = client;
    this.#changed = changed;
  }

  /** `claimed` while it is this librarian's; `waiting` if it was lost and waits again, `lost` if nothing more is known. */
  get phase() {
    return this.#lost ? "lost" : this.#state?.phase ?? "claimed";
  }

  get patronThere() {
    return this.#state?.patronThere ?? true;
  }

  get entries() {
    return this.#log.entries;
  }

  /** The entry the chat began with, which tells where it comes from; undefined until it is here. */
  get started() {
    return this.entries.find((entry) => entry.event === "started");
  }

  /** Since when it is this librarian's. */
  get claimedAt() {
    return this.entries.findLast((entry) => ["claimed", "transferred"].includes(entry.event) && entry.mine)?.at;
  }

  /** The entry of the pending offer to others, or null (C9). */
  get offer() {
    const last = this.entries.findLast(({ event }) => event === "transfer-offered" || OFFER_OVER.has(event));
    return this.phase === "claimed" && last?.event === "transfer-offered" ? last : null;
  }

  /** How many messages the patron sent. */
  get fromPatron() {
    return this.entries.filter(({ event, author }) => ["said", "file-shared"].includes(event) && author === "patron").length;
  }

  /** Up to where everything is here. */
  get complete() {
    return this.#log.complete;
  }

  /** What a welcome says of the chat: what was missing, or all there is. */
  resume({ state, entries, more, resumed }) {
    if (!resumed) {
      this.#log = new EntryLog({ gapFree: true });
      this.#state = null;
    }
    this.#log.addPage(entries, more);
    entries.forEach((entry) => this.#arrived(entry));
    this.take(state);
    more && this.fetch();
  }

  take(state) {
    if (this.#state === null || state.seq >= this.#state.seq) {
      this.#state = state;
      this.#lost = false;
    }
    this.#fill();
  }

  /** The server does not count it among this librarian's chats any more. */
  lost() {
    this.#lost = true;
  }

  entry(entry) {
    this.#log.addLive(entry) && this.#arrived(entry);
    this.#fill();
  }

  /** An own message is in the log: it is not under way any more. */
  #arrived(entry) {
    const own = entry.mine && entry.event === "said";
    const same = own && this.outbox.find(({ text, note, file }) => file === undefined && text === entry.text && Boolean(note) === Boolean(entry.note));
    same && this.#sent(same);
  }

  /** Asks for what is missing. */
  async fetch() {
    if (this.#fetching) {
      return;
    }
    this.#fetching = true;
    let more = true;
    while (more) {
      const answer = await this.#client.query("conversation", { chat: this.id, after: this.#log.complete });
      more = answer.ok && answer.value.more;
      answer.ok && this.#log.addPage(answer.value.entries, more);
    }
    this.#fetching = false;
    this.#changed();
  }

  /** The log is gap-free for its owner: a hole means that something was said before this page looked. */
  #fill() {
    const missing = this.#log.last === 0 || this.#log.complete < this.#log.last;
    if (this.phase === "claimed" && missing) {
      this.fetch();
    }
  }

  say(text) {
    return this.#send({ text, note: false, failed: false });
  }

  note(text) {
    return this.#send({ text, note: true, failed: false });
  }

  /** `upload` sends a message again that is a file. */
  again(message, upload) {
    this.#sent(message);
    return message.file === undefined ? this.#send({ ...message, failed: false }) : this.#share({ ...message, failed: false, progress: 0 }, upload);
  }

  /** Sends a file by `upload(chat, file, id, progress)`. */
  share(file, upload) {
    return this.#share({ text: file.name, file, id: crypto.randomUUID(), note: false, failed: false, progress: 0 }, upload);
  }

  async #share(message, upload) {
    this.outbox.push(message);
    this.#changed();
    const result = await upload(this.id, message.file, message.id, (progress) => {
      message.progress = progress;
      this.#changed();
    });
    if (result.ok) {
      this.#sent(message);
    } else {
      Object.assign(message, { failed: true, reason: result.message, final: !["unavailable", "unknown-outcome"].includes(result.code) });
    }
    this.#changed();
  }

  async #send(message) {
    this.outbox.push(message);
    this.#changed();
    const said = { chat: this.id, text: message.text };
    let result = await this.#client.command(message.note ? "note" : "say", said);
    if (!result.ok && result.code === "staffing-secret" && await askRelease(result.message) === true) {
      result = await this.#client.command("say", { ...said, release: true });
    }
    if (!result.ok) {
      Object.assign(message, { failed: true, reason: result.message });
    } else if (this.#log.last >= result.seq) {
      this.#sent(message);
    } // else its entry is on the way, and takes it out
    this.#changed();
  }

  #sent(message) {
    this.outbox = this.outbox.filter((other) => other !== message);
  }
}
