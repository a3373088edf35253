/** Questions before what cannot be taken back. Each resolves with the answer, or null when the librarian thought better of it. */

import { h } from "/coop-web/dom.js";

const DISPOSITIONS = {
  answered: ["Answered", "The patron has what they asked for."],
  "follow-up": ["Follow-up", "Somebody at their library goes on with it."],
  lost: ["Lost", "The patron was gone before it was done."],
  practice: ["Practice", "A trial chat; stays out of reports."],
};

const REASONS = { spam: ["Spam", "Nothing that a library could answer."], practice: ["Practice", "A trial chat of staff."], other: ["Something else", ""] };

/** How a chat ended. */
export function askDisposition(codes) {
  const known = codes.map((code) => [code, ...(DISPOSITIONS[code] ?? [code, ""])]);
  return choose("How did the chat end?", known, "End chat");
}

/** Why a chat is dismissed. */
export function askReason() {
  const known = Object.entries(REASONS).map(([code, words]) => [code, ...words]);
  return choose("Dismiss this chat?", known, "Dismiss", "It disappears for everybody, and the patron is told that the chat has ended.");
}

/** To whom a chat is handed over: one of the targets. */
export async function askTarget(targets) {
  if (targets.length === 0) {
    return ask("Nobody to hand over to", (done) => [
      h("p", {}, "No colleague of the patron's library, and nobody of its co-ops, is there at the moment."),
      h("div", { class: "actions" }, h("button", { type: "button", class: "primary", autofocus: true, on: { click: () => done(null) } }, "Go on myself"))]);
  }
  const options = targets.map(({ kind, name, institution, there }, index) =>
    [String(index), name, kind === "operator" ? institution : `${KINDS[kind]}, ${there === 1 ? "1 person" : `${there} people`} there`]);
  const chosen = await choose("Hand over to whom?", options, "Offer chat", "You keep the chat until somebody accepts.");
  return chosen === null ? null : targets[Number(chosen)];
}

/** Whether to go although chats are open: `finish`, `go` or null. */
export function askLeaving(count, verb) {
  const chats = count === 1 ? "1 open chat" : `${count} open chats`;
  return ask(`You have ${chats}`, (done) => [
    h("p", {}, count === 1
      ? `If you ${verb} now, it waits again for another librarian, and the patron is told.`
      : `If you ${verb} now, they wait again for other librarians, and the patrons are told.`),
    h("div", { class: "actions" },
      h("button", { type: "button", class: "primary", autofocus: true, on: { click: () => done("finish") } }, "Finish my chats first"),
      h("button", { type: "button", class: "danger", on: { click: () => done("go") } }, verb === "sign out" ? "Sign out now" : "Go offline now"),
      h("button", { type: "button", class: "plain", on: { click: () => done(null) } }, "Cancel")),
  ]);
}

const KINDS = { department: "Department", coop: "Co-op" };

function choose(title, options, doing, about = null) {
  return ask(title, (done) => {
    const form = h("form", { on: { submit: (event) => {
      event.preventDefault();
      done(new FormData(form).get("choice"));
    } } },
    about ? h("p", {}, about) : null,
    h("div", { class: "choices", role: "radiogroup", "aria-label": title }, ...options.map(([code, name, words], index) =>
      h("label", {}, h("input", { type: "radio", name: "choice", value: code, checked: index === 0, autofocus: index === 0 }),
        h("span", {}, h("b", {}, name), words ? h("span", { class: "about" }, words) : null)))),
    h("div", { class: "actions" }, h("button", { type: "submit", class: "primary" }, doing),
      h("button", { type: "button", class: "plain", on: { click: () => done(null) } }, "Cancel")));
    return [form];
  });
}

/** Asks with a dialog: `fill(done)` gives its nodes, `done(answer)` ends it. */
export function ask(title, fill) {
  return new Promise((resolve) => {
    const dialog = h("dialog", { class: "ask", "aria-labelledby": "ask-title" });
    const done = (answer) => {
      dialog.close();
      dialog.remove();
      resolve(answer);
    };
    dialog.append(h("h2", { id: "ask-title" }, title), ...fill(done));
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      done(null);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
