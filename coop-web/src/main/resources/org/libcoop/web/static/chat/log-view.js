/** The log of a patron's chat: messages, and in between what happens to the chat, in the patron's words. */

import { h } from "../dom.js";
import { fileBubble } from "../files.js";
import { LogList, messageNode, eventNode, speakerKey } from "../log-list.js";

/** A list that shows a chat to its patron; `save(entry)` saves a file. */
export function patronLog(again, save) {
  return new LogList({ first: null, build: (entry, before) => build(entry, before, save), next: speakerKey, again });
}

/** `before` tells who spoke last, and so whether a message says again whose it is. */
function build(entry, before, save) {
  const file = entry.event === "file-shared" ? fileBubble(entry, save) : null;
  if (entry.event !== "said" && file === null) {
    return eventNode(entry, sentence(entry));
  }
  const kind = entry.author === "patron" ? "mine" : entry.author;
  return messageNode(entry, { kind, speaker: speaker(entry), goesOn: before === speakerKey(entry), file });
}

function speaker(entry) {
  if (entry.author === "operator") {
    return [h("bdi", { class: "who" }, entry.name), h("bdi", { class: "from" }, entry.institution)];
  }
  return [h("span", { class: "who" }, entry.author === "patron" ? "You" : "Automatic message")];
}

/** What an event means to the patron; null where it means nothing. */
function sentence(entry) {
  switch (entry.event) {
    case "still-looking":
      return ["We are still looking for a librarian."];
    case "claimed":
      return [h("bdi", {}, entry.name), " of ", h("bdi", {}, entry.institution), " is answering."];
    case "transferred":
      return [h("bdi", {}, entry.name), " of ", h("bdi", {}, entry.institution), " goes on with your chat."];
    case "owner-lost":
      return [h("bdi", {}, entry.name), " has left. We are asking the librarians again."];
    case "ended":
      return [ENDED_BY[entry.by] ?? "The chat has ended."];
    case "missed":
      return [entry.reason === "patron-left" ? "You left before a librarian could answer." : "No librarian could answer in time."];
    case "rated":
      return [`You rated the chat ${entry.rating} of 5.`];
    case "erased":
      return [entry.of === undefined ? "The library deleted what was said." : "The library removed a message."];
    default:
      return null;
  }
}

const ENDED_BY = {
  patron: "You ended the chat.",
  operator: "The librarian ended the chat.",
  system: "The chat was ended, since nobody was there any more.",
};
