/** The routing of a chat, explained (E1): along an axis of time what opened when and why, who was told, who was left out, who had it. */

import { h } from "/coop-web/dom.js";
import { stageName } from "../dashboard/desk.js";

const CAUSES = { initial: "from the start", absence: "nobody was there before", time: "by the timed fallback", backup: "after the backup delay", asked: "a librarian asked for it" };

/** How long after the start, as people say it. */
function after(millis) {
  const seconds = Math.max(0, millis) / 1000;
  if (seconds < 60) {
    return `${Math.round(seconds * 10) / 10} s`;
  }
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min${whole % 60 === 0 ? "" : ` ${whole % 60} s`}`;
}

const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

/** Returns the section, which opens on demand. */
export function routing({ startedAt, overAt, asked, owners, lost, othersLost }) {
  const start = Date.parse(startedAt);
  const since = (instant) => Date.parse(instant) - start;
  const claim = owners[0];
  // Until somebody had it, or it was over; a little room behind, so that what happened at the end is seen.
  const end = claim ? since(claim.since) : since(overAt ?? asked.at(-1)?.due ?? startedAt);
  const whole = Math.max(end * 1.08, 10);
  const lane = (one) => {
    const opened = h("div", { class: "opened", dataset: { told: String(one.notified) } });
    opened.style.setProperty("--from", `${since(one.due) / whole * 100}%`);
    opened.style.setProperty("--to", `${Math.max(end, since(one.due)) / whole * 100}%`);
    const track = h("div", { class: "track", "aria-hidden": "true" }, opened);
    if (claim && same(claim.through, one.stage)) {
      const mark = h("div", { class: "claim-mark" });
      mark.style.setProperty("--from", `${end / whole * 100}%`);
      track.append(mark);
    }
    return h("li", { class: "lane" },
      h("div", { class: "lane-name" }, h("bdi", {}, stageName(one.stage)), h("span", { class: "about" }, `after ${after(since(one.due))}, ${CAUSES[one.cause] ?? one.cause}`)),
      track,
      h("p", {}, ...told(one)));
  };
  return h("details", { class: "routing" },
    h("summary", {}, "Who was asked when, and why"),
    h("ol", { class: "lanes" }, ...asked.map(lane)),
    h("div", { class: "axis", "aria-hidden": "true" }, h("span", {}, "0 s"), h("span", {}, claim ? `claimed after ${after(end)}` : overAt ? `over after ${after(end)}` : "")),
    h("p", {}, claim
      ? [h("bdi", {}, claim.name), " of ", h("bdi", {}, claim.institution), ` claimed it after ${after(end)}.`]
      : "Nobody claimed it."),
    ...lost.map((one) => h("p", { class: "about" }, h("bdi", {}, one.name), ` claimed it too late, by ${after(one.behindMillis)}.`)),
    othersLost === 0 ? null : h("p", { class: "about" }, `${count(othersLost, "claim")} of other libraries came too late.`));
}

function same(one, other) {
  return one.kind === other.kind && one.id === other.id && Boolean(one.backup) === Boolean(other.backup);
}

function told({ notified, people }) {
  if (people === undefined) {
    return [`${count(notified, "librarian")} told. Who that was is no longer known.`];
  }
  const names = people.told.map(({ name }) => name);
  const others = people.othersTold > 0 ? [count(people.othersTold, "librarian of another library", "librarians of other libraries")] : [];
  const left = [
    ...people.leftOut.map(({ name, why }) => `${name} ${why}`),
    ...people.othersLeftOut.map(({ why, count: some }) => `${count(some, "other")} ${why}`),
  ];
  const all = [...names, ...others];
  return [all.length === 0 ? "Nobody was there." : `Told: ${all.join(", ")}.`, left.length === 0 ? null : h("br"), left.length === 0 ? null : `Left out: ${left.join("; ")}.`];
}
