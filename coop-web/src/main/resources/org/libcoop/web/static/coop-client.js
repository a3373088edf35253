/**
 * A client of the wire protocol `coop.v1` for browsers: one connection that comes back by itself, commands that are done once
 * however often they have to be sent, and the server's clock. Knows nothing of any page.
 */

import { after } from "./ticker.js";
import { ServerClock } from "./server-clock.js";

export { EntryLog } from "./entry-log.js";

const PROTOCOL = "coop.v1";
const FIRST_DELAY = 1_000;
const LONGEST_DELAY = 30_000;
const AFTER_TOO_MANY = 60_000;
const AUTH_LIMIT = 10_000;
const REPEATS = 6;
/** What the server says to a client that would only do the same again. */
const NOT_UNCHANGED = new Set([1003, 4400, 4413]);
/** After so many refused tokens in a row the client stops asking for new ones. */
const DENIALS = 2;

/** Says that there is no token and never will be: the client gives up instead of trying again. */
export class NoToken extends Error {}

/**
 * Events: `connection` with `{state, retryAt}` where the state is one of `idle connecting online waiting denied failed closed`,
 * `welcome` with the frame, `notice` with one notice. A result is a value, refused or not; a command's promise never rejects.
 */
export class CoopClient extends EventTarget {
  #options;
  #socket = null;
  #state = "idle";
  #retryAt = null;
  #attempt = 0;
  #denials = 0;
  #patient = false;
  #pending = new Map();
  #clock = new ServerClock();
  #heartbeat = AUTH_LIMIT;
  #frameLimit = Infinity;
  #lastHeard = 0;
  #pingSentAt = null;
  #timers = new Map();

  /**
   * `url` of the endpoint, `role` (`patron` or `operator`), `token()` for one connection (may be a promise, may throw `NoToken`),
   * and `resume()`: a list of `{chat, after}`, what the client has already of which chats.
   */
  constructor(options) {
    super();
    this.#options = { resume: () => [], ...options };
    addEventListener("online", () => this.#hurry());
    addEventListener("pageshow", () => this.#hurry());
    document.addEventListener("visibilitychange", () => !document.hidden && this.#hurry());
  }

  /** Where the connection stands: `{state, retryAt}`; `retryAt` is of the page's clock `performance.now()`. */
  get connection() {
    return { state: this.#state, retryAt: this.#retryAt };
  }

  /** The server's time in milliseconds since 1970. */
  now() {
    return this.#clock.now();
  }

  /** Connects, and from then on again and again. Does nothing while it is at it already. */
  connect() {
    if (["idle", "denied", "failed", "closed"].includes(this.#state)) {
      this.#attempt = 0;
      this.#denials = 0;
      this.#open();
    }
  }

  /** Ends the connection for good. What has no answer yet is answered with the code `closed`. */
  close() {
    this.#letGo(1000);
    this.#say("closed");
    this.#giveUpPending("closed", "The connection was closed.");
  }

  /** Sends a command, under a new id if none is given. Resolves with the result frame; sent again under its id until there is one. */
  command(what, fields = {}, id = crypto.randomUUID()) {
    return this.#ask({ type: "command", id, do: what, ...fields });
  }

  /** Lets the other side know something that may be lost, such as `typing`. */
  whisper(type, fields) {
    if (this.#state === "online") {
      this.#socket.send(JSON.stringify({ type, ...fields }));
    }
  }

  /** Asks a question. Resolves with the result frame, whose `value` is the answer. */
  query(what, fields = {}) {
    return this.#ask({ type: "query", id: crypto.randomUUID(), ask: what, ...fields });
  }

  #ask(frame) {
    const text = JSON.stringify(frame);
    if (new TextEncoder().encode(text).length > this.#frameLimit) {
      return Promise.resolve({ ok: false, code: "too-large", message: "That is too long to be sent." });
    }
    if (["closed", "denied", "failed"].includes(this.#state)) {
      return Promise.resolve({ ok: false, code: "closed", message: "There is no connection." });
    }
    return new Promise((resolve) => {
      this.#pending.set(frame.id, { text, resolve, repeats: 0 });
      if (this.#state === "online") {
        this.#socket.send(text);
      }
    });
  }

  // ---- The connection ------------------------------------------------------------------------------------------------

  async #open() {
    this.#say("connecting");
    const attempt = {};
    this.#socket = attempt;
    let token;
    try {
      token = await this.#options.token();
    } catch (problem) {
      if (this.#socket === attempt) {
        this.#socket = null;
        problem instanceof NoToken ? this.#stop("denied") : this.#retry();
      }
      return;
    }
    if (this.#socket !== attempt) {
      return;
    }
    const socket = new WebSocket(this.#options.url, [PROTOCOL]);
    this.#socket = socket;
    this.#heard();
    socket.addEventListener("message", (event) => {
      if (this.#socket === socket) {
        this.#heard();
        this.#receive(JSON.parse(event.data), token);
      }
    });
    socket.addEventListener("close", (event) => this.#socket === socket && this.#closed(event.code));
  }

  #receive(frame, token) {
    switch (frame.type) {
      case "hello":
        this.#heartbeat = frame.heartbeatMillis;
        this.#frameLimit = frame.frameLimit ?? Infinity;
        this.#clock.begin(frame.now);
        this.#socket.send(JSON.stringify({ type: "auth", role: this.#options.role, token, resume: this.#options.resume() }));
        break;
      case "welcome":
        this.#welcomed(frame);
        break;
      case "pong":
        this.#clock.sample(frame.now, this.#pingSentAt);
        this.#pingSentAt = null;
        break;
      case "result":
        this.#answered(frame);
        break;
      case "reconnect":
        this.#moveOn(frame.withinMillis);
        break;
      case "notices":
        frame.notices.forEach((notice) => this.#emit("notice", notice));
        break;
      default: // what this client does not know is not for it
    }
  }

  #welcomed(frame) {
    this.#attempt = 0;
    this.#denials = 0;
    this.#say("online");
    this.#emit("welcome", frame);
    this.#pending.forEach(({ text }) => this.#socket.send(text));
    this.#ping();
  }

  #closed(code) {
    this.#letGo();
    if (NOT_UNCHANGED.has(code)) {
      this.#stop("failed");
    } else if (code === 4401 && ++this.#denials >= DENIALS) {
      this.#stop("denied");
    } else {
      this.#retry(code === 4429 ? AFTER_TOO_MANY : 0);
    }
  }

  /** The server asks for another connection, soon: not everybody at once, and nothing that is under way is lost. */
  #moveOn(withinMillis) {
    this.#timer("move", withinMillis * 0.8 * Math.random(), () => {
      this.#letGo();
      this.#retry();
    });
  }

  #stop(state) {
    this.#say(state);
    this.#giveUpPending("closed", "There is no connection.");
  }

  #retry(atLeast = 0) {
    this.#patient = atLeast > 0;
    const longest = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** this.#attempt++);
    const delay = atLeast + longest * (0.5 + Math.random() / 2);
    this.#retryAt = performance.now() + delay;
    this.#say("waiting");
    this.#timer("retry", delay, () => this.#open());
  }

  /** Something says that the network or the reader is back: no need to sit out the pause. */
  #hurry() {
    if (this.#state === "waiting" && this.#attempt > 1 && !this.#patient) {
      this.#timer("retry", 0, () => this.#open());
    }
  }

  #letGo(code) {
    const socket = this.#socket;
    this.#socket = null;
    this.#timers.forEach((cancel) => cancel());
    this.#timers.clear();
    if (socket instanceof WebSocket) {
      socket.close(code ?? 1000);
    }
  }

  // ---- Signs of life -------------------------------------------------------------------------------------------------

  #ping() {
    if (this.#state === "online") {
      this.#pingSentAt = performance.now();
      this.#socket.send('{"type":"ping"}');
      this.#timer("ping", this.#heartbeat * (0.9 + Math.random() / 5), () => this.#ping());
    }
  }

  /** A socket that has gone quiet is not waited for: its closing handshake might never end. */
  #heard() {
    this.#lastHeard = performance.now();
    if (!this.#timers.has("watch")) {
      this.#watch(3 * this.#heartbeat);
    }
  }

  #watch(millis) {
    this.#timer("watch", millis, () => {
      const left = this.#lastHeard + 3 * this.#heartbeat - performance.now();
      left > 0 ? this.#watch(left) : this.#closed(1006);
    });
  }

  #timer(name, millis, task) {
    this.#timers.get(name)?.();
    const cancel = after(millis, () => {
      this.#timers.delete(name);
      task();
    });
    this.#timers.set(name, cancel);
  }

  // ---- Answers -------------------------------------------------------------------------------------------------------

  #answered(frame) {
    const asked = this.#pending.get(frame.id);
    if (!asked) {
      return;
    }
    if (!frame.ok && frame.repeat === "same-id" && asked.repeats < REPEATS) {
      const pause = 200 * 2 ** asked.repeats++ * (0.5 + Math.random());
      after(pause, () => {
        if (this.#state === "online" && this.#pending.has(frame.id)) {
          this.#socket.send(asked.text);
        }
      });
      return;
    }
    this.#pending.delete(frame.id);
    asked.resolve(frame);
  }

  #giveUpPending(code, message) {
    const given = [...this.#pending.values()];
    this.#pending.clear();
    given.forEach(({ resolve }) => resolve({ ok: false, code, message }));
  }

  #say(state) {
    this.#state = state;
    if (state !== "waiting") {
      this.#retryAt = null;
    }
    this.#emit("connection", this.connection);
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
