/** What the pages beside the dashboard share: signing in, asking the server, the head of the page, and telling what was refused. */

import { h, show, attribute } from "/coop-web/dom.js";
import { upload, saveBlob } from "/coop-web/files.js";
import { choose, named } from "./choose.js";

const TOAST_MILLIS = 8_000;
const PAGES = { dashboard: "Dashboard", transcripts: "Transcripts", statistics: "Statistics", accounts: "Accounts", widgets: "Widgets", tickets: "Tickets" };

const by = (id) => document.getElementById(id);

/** An answer that was a refusal: the library's code, and a sentence for people. */
export class Refused extends Error {
  constructor(code, message) {
    super(sentence(message));
    this.code = code;
  }
}

/** Questions and commands of one operator. The token is the page's own and stays in its memory. */
export class Office {
  #operator;
  #token = null;

  constructor(operator) {
    this.#operator = operator;
  }

  /** The JSON at `path`; parameters that are empty are left out. */
  async ask(path, parameters = {}) {
    return (await this.#fetch(address(path, parameters))).json();
  }

  async act(path, body) {
    return (await this.#fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) })).json();
  }

  /** Saves what is at `path` as a file of the name that the server gives it. */
  async download(path, parameters) {
    const answer = await this.#fetch(address(path, parameters));
    const name = /filename="([\w.-]+)"/u.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "export";
    saveBlob(await answer.blob(), name);
  }

  /** Saves a shared file under this name; `parameters` say which. */
  async save(path, parameters, name) {
    saveBlob(await (await this.#fetch(address(path, parameters))).blob(), name);
  }

  /** Sends a file; `progress` is told of 0 to 1. Answers `{ok}` or `{ok, code, message}`. */
  async upload(path, parameters, file, progress) {
    this.#token ??= await signIn(this.#operator);
    return upload(address(path, parameters), this.#token, file, progress);
  }

  /** A token that the server has forgotten, as after its restart, is asked for once more. */
  async #fetch(path, options = {}) {
    const again = this.#token !== null;
    this.#token ??= await signIn(this.#operator);
    const answer = await fetch(path, { ...options, headers: { ...options.headers, Authorization: `Bearer ${this.#token}` } });
    if (answer.status === 401 && again) {
      this.#token = null;
      return this.#fetch(path, options);
    }
    if (!answer.ok) {
      throw await refusal(answer);
    }
    return answer;
  }
}

async function signIn(operator) {
  const answer = await fetch("/api/sign-in", {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ operator }),
  });
  if (!answer.ok) {
    throw await refusal(answer);
  }
  return (await answer.json()).token;
}

async function refusal(answer) {
  try {
    const { code, message } = await answer.json();
    return new Refused(code, message);
  } catch {
    return new Refused("internal", `the server answered with status ${answer.status}`);
  }
}

function address(path, parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

function sentence(words) {
  const trimmed = String(words).trim();
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.!?]$/u.test(trimmed) ? "" : "."}`;
}

/** Shows for a while what was done or refused. */
export function say(words) {
  const toast = h("p", { class: "toast" }, words);
  by("toasts").append(toast);
  setTimeout(() => toast.remove(), TOAST_MILLIS);
}

/** Why something failed, for people. */
export function reason(failed) {
  return failed instanceof Refused ? failed.message : "The server did not answer. Try again in a moment.";
}

/** Does something; what is refused is told in its sentence. Whether it was done. */
export async function told(act) {
  try {
    await act();
    return true;
  } catch (failed) {
    say(reason(failed));
    return false;
  }
}

/** Begins a page: as whom the address names, or with the choice of somebody. `open(office, person)` fills it. */
export async function begin(page, questions, open) {
  const operator = named();
  if (!operator) {
    await choose();
    return;
  }
  const office = new Office(operator);
  let known;
  try {
    known = await office.ask(questions);
  } catch (failed) {
    await (failed.code === "not-found"
      ? choose("This librarian is not let in", "The server knows nobody of that name. Choose somebody else.")
      : choose("That did not work", failed instanceof Refused ? failed.message : "The server did not answer. Reload the page to try again."));
    return;
  }
  head(page, operator, known.me);
  show(by("app"), true);
  document.title = `${known.me.name} – ${PAGES[page]}`;
  await open(office, known);
}

function head(page, operator, me) {
  by("head").replaceChildren(
    h("span", { class: "face", "aria-hidden": "true" }, [...me.name][0]),
    h("div", { class: "names" }, h("bdi", { class: "me-name" }, me.name), h("bdi", { class: "me-house" }, me.institution)),
    h("nav", { class: "places", "aria-label": "Pages" }, ...Object.entries(PAGES).map(([path, name]) => {
      const link = h("a", { href: `/${path}?as=${encodeURIComponent(operator)}` }, name);
      attribute(link, "aria-current", path === page ? "page" : null);
      return link;
    })));
}

/** A choice of `[value, words]` pairs; an option that it has already is not added twice. */
export function offer(select, options) {
  const had = new Set([...select.options].map(({ value }) => value));
  options.filter(([value]) => !had.has(value)).forEach(([value, words]) => select.append(h("option", { value }, words)));
}

