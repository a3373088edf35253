/** The log of an own chat: messages, notes, and how the chat came here. */

import { h } from "/coop-web/dom.js";
import { fileBubble } from "/coop-web/files.js";
import { LogList, messageNode, eventNode, speakerKey } from "/coop-web/log-list.js";
import { stageName } from "./desk.js";
import { patronName } from "./patron-facts.js";

const BLIP = 30_000;

/** What is known before the first entry. */
export const FIRST = { patron: null, speaker: null };

/** A list that shows a chat to its owner; `save(entry)` saves a file. */
export function staffLog(again, save) {
  return new LogList({ first: FIRST, build: (entry, before) => build(entry, before, save), next, again });
}

/** A patron who goes from page to page is gone for a moment each time: that is no news. */
export function withoutBlips(entries) {
  const blip = (gone, back) => gone?.event === "patron-gone" && back?.event === "patron-back" && Date.parse(back.at) - Date.parse(gone.at) < BLIP;
  return entries.filter((entry, index) => !blip(entry, entries[index + 1]) && !blip(entries[index - 1], entry));
}

/** What is known after an entry. */
export function next(entry, before) {
  return { patron: entry.event === "started" ? entry.patron?.name : before.patron, speaker: speakerKey(entry) };
}

/** An entry as a node, or null. */
export function build(entry, before, save) {
  const file = entry.event === "file-shared" ? fileBubble(entry, save) : null;
  if (entry.event !== "said" && file === null) {
    return eventNode(entry, sentence(entry));
  }
  const kind = `${entry.mine ? "mine" : entry.author}${entry.note ? " internal" : ""}`;
  return messageNode(entry, { kind, speaker: speaker(entry, before), goesOn: before.speaker === speakerKey(entry), file });
}

function speaker(entry, { patron }) {
  if (entry.author === "system") {
    return [h("span", { class: "who" }, "Greeting")];
  }
  if (entry.author === "patron") {
    return [h("bdi", { class: "who" }, patronName(patron))];
  }
  const who = entry.mine ? h("span", { class: "who" }, "You") : h("bdi", { class: "who" }, `${entry.name} (${entry.institution})`);
  return entry.note ? [who, h("span", { class: "from" }, "internal note, staff only")] : [who];
}

const CAUSES = { absence: "nobody at the desk before", time: "time was up", backup: "time was up" };

const OFFER_OVER = { withdrawn: "The offer was taken back", expired: "Nobody took over in time", void: "Nobody is left who could take over" };

function people(count) {
  return count === 1 ? "1 person" : `${count} people`;
}

function sentence(entry) {
  switch (entry.event) {
    case "started":
      return ["Asked at ", h("bdi", {}, entry.institution), ", ", h("bdi", {}, entry.widget?.name ?? "")];
    case "stage-opened":
      return [h("bdi", {}, stageName(entry.stage)), ` opened${cause(entry)}`, `, ${entry.notified ?? 0} notified`];
    case "still-looking":
      return ["The patron was told that we are still looking"];
    case "claimed":
      return entry.mine ? ["You claimed the chat"] : ["Claimed by ", h("bdi", {}, entry.name), " of ", h("bdi", {}, entry.institution)];
    case "patron-gone":
      return ["The patron lost the connection"];
    case "patron-back":
      return ["The patron is back"];
    case "owner-lost":
      return entry.mine ? ["You lost the chat; it waits again"] : [h("bdi", {}, entry.name), " lost the chat; it waited again"];
    case "transfer-offered":
      return ["Offered to ", h("bdi", {}, entry.to.name), entry.to.kind === "operator" ? "" : ` (${people(entry.offered)})`];
    case "offer-widened":
      return [`Offered to the backup staff, too (${people(entry.offered)})`];
    case "offer-declined":
      return [h("bdi", {}, entry.name ?? "Somebody"), entry.absent ? " is not there any more" : " declined"];
    case "transfer-over":
      return [OFFER_OVER[entry.why] ?? "The offer is over"];
    case "transferred":
      return entry.mine ? ["You took over the chat"] : [h("bdi", {}, entry.name), " of ", h("bdi", {}, entry.institution), " took over the chat"];
    case "ended":
      return [...ender(entry), entry.disposition ? ` (${entry.disposition})` : ""];
    case "missed":
      return ["Nobody could answer in time"];
    case "dismissed":
      return ["Dismissed: ", h("bdi", {}, entry.reason ?? "")];
    case "rated":
      return [`The patron rated the chat ${entry.rating} of 5`, ...(entry.text ? [": ", h("bdi", {}, entry.text)] : [])];
    case "erased":
      return [h("bdi", {}, entry.name ?? "The library"), entry.of ? " redacted a message" : " deleted what was said"];
    default:
      return null;
  }
}

/** Whoever follows a chat to its end is the operator who ended it; only a transcript names another one. */
function ender({ by, name }) {
  if (by === "operator") {
    return name === undefined ? ["You ended the chat"] : [h("bdi", {}, name), " ended the chat"];
  }
  return [by === "patron" ? "The patron ended the chat" : "The chat was ended, since nobody was there any more"];
}

function cause({ cause: why, askedBy }) {
  if (why === "asked" && askedBy) {
    return `, asked for by ${askedBy.name}`;
  }
  return CAUSES[why] ? ` (${CAUSES[why]})` : "";
}
