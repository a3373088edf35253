/** The log of a patron's chat: messages, and in between what happens to the chat, in the patron's words. */

import { h } from "../dom.js";
import { t, parts, has } from "../texts.js";
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
  return [h("span", { class: "who" }, entry.author === "patron" ? t("you") : t("automatic"))];
}

/** What an event means to the patron; null where it means nothing. */
function sentence(entry) {
  switch (entry.event) {
    case "claimed":
    case "transferred":
    case "owner-lost":
      return parts(`event.${entry.event}`, { name: h("bdi", {}, entry.name), institution: h("bdi", {}, entry.institution) });
    case "still-looking":
    case "ended":
    case "missed":
      return [t(told(`event.${entry.event}`, entry.by ?? entry.reason))];
    case "rated":
      return [t("event.rated", { rating: entry.rating })];
    case "erased":
      return [t(entry.of === undefined ? "event.erased" : "event.erased.one")];
    default:
      return null;
  }
}

/** The key that says more, if there is one. */
function told(key, more) {
  return has(`${key}.${more}`) ? `${key}.${more}` : key;
}
