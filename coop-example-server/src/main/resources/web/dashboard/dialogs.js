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

/** Why and for how many days the patron is blocked, and whether the chat is ended: `{reason, days, end}`. */
export function askBlock() {
  return ask("Block this patron?", (done) => {
    const reason = h("input", { type: "text", required: true, maxlength: "500", autofocus: true });
    const days = h("input", { type: "number", required: true, min: "1", max: "366", value: "7" });
    const end = h("input", { type: "checkbox" });
    return [h("form", { on: { submit: (event) => {
      event.preventDefault();
      done({ reason: reason.value, days: Number(days.value), end: end.checked });
    } } },
    h("p", {}, "New chats at your library are refused as if it were offline, also those of others at the same address. An admin can lift the block."),
    h("label", { class: "field" }, h("span", {}, "Reason, for the admins"), reason),
    h("label", { class: "field" }, h("span", {}, "Days"), days),
    h("label", { class: "check" }, end, h("span", {}, "End this chat, too")),
    h("div", { class: "actions" }, h("button", { type: "submit", class: "danger" }, "Block"),
      h("button", { type: "button", class: "plain", on: { click: () => done(null) } }, "Cancel")))];
  });
}

/** What a ticket asks and where the answer goes, both as far as they are known: `{question, email}`. */
export function askTicket(known) {
  return ask("Open a ticket?", (done) => {
    const question = h("textarea", { rows: "4", required: true, maxlength: "10000", dir: "auto", autofocus: true });
    const email = h("input", { type: "email", required: true, maxlength: "254", dir: "auto" });
    question.value = known.question ?? "";
    email.value = known.email ?? "";
    return [h("form", { on: { submit: (event) => {
      event.preventDefault();
      done({ question: question.value, email: email.value.trim() });
    } } },
    h("p", {}, "The patron's library goes on with it by email. The conversation goes with it, without internal notes."),
    h("label", { class: "field" }, h("span", {}, "Question"), question),
    h("label", { class: "field" }, h("span", {}, "The patron's email address"), email),
    h("div", { class: "actions" }, h("button", { type: "submit", class: "primary" }, "Open ticket"),
      h("button", { type: "button", class: "plain", on: { click: () => done(null) } }, "Cancel")))];
  });
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

/** F2: whether what is kept for staff is meant for the patron; `why` is the server's word. */
export function askRelease(why) {
  return ask("This is kept for staff", (done) => [
    h("p", {}, "Something in your message stands in what the patron's library keeps for those who answer its patrons."),
    h("p", { class: "about", dir: "auto" }, why),
    h("p", {}, "If the patron is to have it, send it: that is put on record."),
    h("div", { class: "actions" },
      h("button", { type: "button", class: "danger", on: { click: () => done(true) } }, "Send it all the same"),
      h("button", { type: "button", class: "primary", autofocus: true, on: { click: () => done(null) } }, "Do not send")),
  ]);
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

/** P5: whether to end a colleague's session, who has so many open chats. */
export function askEnding(name, count) {
  const chats = count === 1 ? "1 open chat loses its owner and waits" : `${count} open chats lose their owner and wait`;
  return ask(`End the session of ${name}?`, (done) => [
    h("p", {}, count === 0 ? `${name} is signed out at once, and has no open chat.` : `${name} is signed out at once. ${chats} again for another librarian; the patrons are told.`),
    h("div", { class: "actions" },
      h("button", { type: "button", class: "danger", on: { click: () => done(true) } }, "End session"),
      h("button", { type: "button", class: "plain", autofocus: true, on: { click: () => done(null) } }, "Cancel")),
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
