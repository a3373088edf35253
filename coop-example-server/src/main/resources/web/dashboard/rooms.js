/** The staff chat as this librarian has it: rooms, posts, and what is new (I1, I2). Knows no page element. */

const FIRST_POSTS = 100;

function keyOf({ kind, id }) {
  return `${kind}:${id}`;
}

/** Event `change` whenever something looks different. */
export class Rooms extends EventTarget {
  /** The rooms one is in: as the server gives them, with `key` and `unread`. */
  open = [];
  chosen = null;
  #client;
  #told;
  /** Posts by room, by place. */
  #posts = new Map();

  /** `told(result)` says what was refused. */
  constructor(client, told) {
    super();
    this.#client = client;
    this.#told = told;
  }

  /** How many posts there are that this librarian has not seen. */
  get unread() {
    return this.open.reduce((sum, { unread }) => sum + unread, 0);
  }

  /** What is known of a room, in order. */
  posts(key) {
    return [...(this.#posts.get(key)?.values() ?? [])].sort((a, b) => a.seq - b.seq);
  }

  /** Asks anew which rooms there are, and who is there. */
  async refresh() {
    const answer = await this.#client.query("rooms");
    if (!answer.ok) {
      return;
    }
    this.open = answer.value.map((room) => ({ ...room, key: keyOf(room.room), unread: Math.max(0, room.last - room.seen) }));
    if (!this.open.some(({ key }) => key === this.chosen)) {
      this.chosen = this.open[0]?.key ?? null;
    }
    this.#changed();
    await this.#read(this.chosen);
  }

  async choose(key) {
    this.chosen = key;
    this.#changed();
    await this.#read(key);
  }

  /** Reads what is not here yet: the newest posts at first, later what came meanwhile. */
  async #read(key) {
    const room = this.open.find((one) => one.key === key);
    if (!room) {
      return;
    }
    const newest = Math.max(0, ...this.posts(key).map(({ seq }) => seq));
    if (newest >= room.last) {
      return;
    }
    const from = newest > 0 ? newest + 1 : Math.max(1, room.last - FIRST_POSTS + 1);
    const answer = await this.#client.query("posts", { room: room.room, from });
    if (answer.ok) {
      answer.value.forEach((post) => this.#keep(key, post));
      this.#changed();
    }
  }

  async post(text) {
    const room = this.open.find(({ key }) => key === this.chosen);
    if (!room) {
      return false;
    }
    const result = this.#told(await this.#client.command("post", { room: room.room, text }));
    if (result.ok) {
      this.#keep(room.key, result.post);
      this.#changed();
    }
    return result.ok;
  }

  /** What is on the screen has been seen, on every device. */
  seen(key) {
    const room = this.open.find((one) => one.key === key);
    if (room && room.unread > 0) {
      room.seen = room.last;
      room.unread = 0;
      this.#client.command("seen-room", { room: room.room, seq: room.last });
      this.#changed();
    }
  }

  /** Takes a notice of a post in. */
  posted({ room, post }) {
    const key = keyOf(room);
    const known = this.open.find((one) => one.key === key);
    this.#keep(key, post);
    if (!known) {
      this.refresh();
      return;
    }
    const gap = post.seq > known.last + 1;
    known.last = Math.max(known.last, post.seq);
    if (post.mine) {
      known.seen = Math.max(known.seen, post.seq);
    }
    known.unread = Math.max(0, known.last - known.seen);
    this.#changed();
    gap && this.#posts.delete(key);
    gap && key === this.chosen && this.#read(key);
  }

  #keep(key, post) {
    if (!this.#posts.has(key)) {
      this.#posts.set(key, new Map());
    }
    this.#posts.get(key).set(post.seq, post);
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
