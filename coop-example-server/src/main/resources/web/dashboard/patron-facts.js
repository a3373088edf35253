/** What a librarian may know of a patron before and during a chat. */

import { h, webAddress, icon } from "/coop-web/dom.js";

/** A list of what is known; what is not is left out. `rows` are pairs of a label and a node or text, or null. */
export function facts({ institution, coop, widget, referrer, userAgent, browser, system, email }) {
  const rows = [
    ["Institution", named(institution)],
    ["Co-op", named(coop)],
    ["Widget", named(widget)],
    ["Came from", referrer ? page(referrer) : null],
    ["Browser", device({ browser, system, userAgent })],
    ["Email", named(email)],
  ].filter(([, value]) => value !== null);
  return h("dl", { class: "facts" }, ...rows.map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value))));
}

/** As the server read it; what the browser said of itself, shortened, where nothing was recognised. */
function device({ browser, system, userAgent }) {
  const words = [browser, system].filter(Boolean).join(" on ") || userAgent?.slice(0, 80);
  return words ? h("bdi", { title: userAgent }, words) : null;
}

function named(value) {
  return value ? h("bdi", {}, value) : null;
}

/** Only an address of the web becomes a link, and the link says where it goes as the browser reads it. */
function page(referrer) {
  const url = webAddress(referrer);
  return url === null
    ? h("bdi", { class: "unlinked" }, referrer)
    : h("a", { href: url.href, target: "_blank", rel: "noopener noreferrer", dir: "ltr" }, `${url.host}${url.pathname}${url.search}`, icon("link"));
}

/** The patron's name, or what stands for one. */
export function patronName(name) {
  return name?.trim() ? name : "A patron";
}

/** The home icon of a chat of the viewer's own institution; the globe of one that comes through a co-op. */
export function origin(mine) {
  return mine ? icon("home", "From your own institution") : icon("globe", "From a partner institution");
}
