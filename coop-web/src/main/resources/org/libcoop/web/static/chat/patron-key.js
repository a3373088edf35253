/**
 * The patron's secret, kept in the browser for each institution: with it the chat is found again after a reload, from another page,
 * in another tab. Where the browser keeps nothing it lives as long as the page.
 */

const memory = new Map();

function read(name) {
  try {
    return localStorage.getItem(name) ?? memory.get(name) ?? null;
  } catch {
    return memory.get(name) ?? null;
  }
}

function write(name, value) {
  memory.set(name, value);
  try {
    value === null ? localStorage.removeItem(name) : localStorage.setItem(name, value);
  } catch {
    // kept in memory only
  }
}

function draw() {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** What the browser keeps for the patrons' chats with one institution. */
export class PatronKey {
  #keyName;
  #chatName;
  #seenName;

  constructor(institution) {
    this.#keyName = `coop.key.${institution}`;
    this.#chatName = `coop.chat.${institution}`;
    this.#seenName = `coop.seen.${institution}`;
  }

  /** The secret; drawn on first use. */
  get secret() {
    const kept = read(this.#keyName);
    if (kept !== null && kept.length >= 32) {
      return kept;
    }
    const drawn = draw();
    write(this.#keyName, drawn);
    return drawn;
  }

  /** The next chat gets a secret of its own, so that none opens more than one chat. */
  renew() {
    write(this.#keyName, null);
  }

  /** The chat that is shown, null if none: set from its start until the patron is done with it. */
  get chat() {
    return read(this.#chatName);
  }

  set chat(id) {
    write(this.#chatName, id);
  }

  /** The last entry of the shown chat that the patron had before them. */
  get seen() {
    return Number(read(this.#seenName) ?? 0);
  }

  set seen(seq) {
    write(this.#seenName, String(seq));
  }

  /** Calls back when another tab begins a chat or is done with it. */
  onChange(listener) {
    addEventListener("storage", (event) => event.key === this.#chatName && listener());
  }
}
