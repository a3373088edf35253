/**
 * What is known of one chat's log: entries in the order of their sequence, each once, however they came. Pages of a query and live
 * notices may cross; both may bring the same entry. An operator's log has no gaps (`gapFree`), so that a missing entry shows; a
 * patron's has gaps where an entry is not for the patron.
 */
export class EntryLog {
  #entries = new Map();
  #gapFree;
  #complete = 0;
  #paging = false;

  constructor({ gapFree = false } = {}) {
    this.#gapFree = gapFree;
  }

  /** The entries in order; of a log without gaps those up to the first one missing, so that none is shown before its time. */
  get entries() {
    const known = [...this.#entries.values()].sort((a, b) => a.seq - b.seq);
    return this.#gapFree ? known.slice(0, this.#complete) : known;
  }

  /** Up to this sequence nothing is missing: what to ask `after`. */
  get complete() {
    return this.#complete;
  }

  /** The highest sequence known. */
  get last() {
    return Math.max(0, ...this.#entries.keys());
  }

  /** Takes entries that follow on `complete`; `more`: there are further ones before live entries join up. */
  addPage(entries, more) {
    entries.forEach((entry) => this.#take(entry));
    this.#paging = more;
    this.#advance(more ? (entries.at(-1)?.seq ?? 0) : this.last);
  }

  /** Takes an entry from a notice. Returns whether it is new. */
  addLive(entry) {
    if (this.#entries.has(entry.seq) || entry.seq <= this.#complete) {
      return false;
    }
    this.#take(entry);
    this.#advance(this.#paging ? 0 : entry.seq);
    return true;
  }

  /** What was taken away is kept here no longer, either. */
  #take(entry) {
    this.#entries.set(entry.seq, entry);
    if (entry.event === "erased") {
      for (const other of this.#entries.values()) {
        if (entry.of === undefined || entry.of === other.seq) {
          delete other.text;
          delete other.fileName;
          delete other.mediaType;
          delete other.patron;
        }
      }
    }
  }

  #advance(seq) {
    if (!this.#gapFree) {
      this.#complete = Math.max(this.#complete, seq);
    }
    while (this.#gapFree && this.#entries.has(this.#complete + 1)) {
      this.#complete++;
    }
  }
}
