/** The demo's front page: what there is to open, read from the server. */

import { h, text, show } from "/coop-web/dom.js";

const EVERY = 5_000;
const FIRST_CHOICE = "databases";
const states = new Map();

async function load() {
  const answer = await fetch("/api/demo");
  if (!answer.ok) {
    throw new Error(`status ${answer.status}`);
  }
  return answer.json();
}

async function begin() {
  try {
    const demo = await load();
    document.getElementById("pages").append(...demo.widgets.map(page));
    document.getElementById("people").append(...byInstitution(demo.operators));
    steps(demo);
    setInterval(refresh, EVERY);
    document.addEventListener("visibilitychange", refresh);
  } catch {
    const problem = document.getElementById("problem");
    show(problem, true);
    text(problem, "The server did not say what there is to open. Reload the page to try again.");
  }
}

async function refresh() {
  if (!document.hidden) {
    try {
      (await load()).widgets.forEach((widget) => online(states.get(widget.id), widget.online));
    } catch {
      states.forEach((state) => online(state, null));
    }
  }
}

function online(state, is) {
  if (state) {
    state.dataset.online = String(is);
    text(state, is === null ? "Unknown" : is ? "Online" : "Offline");
  }
}

function page(widget) {
  const state = h("span", { class: "state" });
  states.set(widget.id, state);
  online(state, widget.online);
  return h("li", {}, h("a", { class: "page", href: widget.page, target: "_blank", rel: "noopener" },
    h("bdi", { class: "name" }, widget.institution), h("span", { class: "about" }, widget.name), state));
}

function byInstitution(operators) {
  const houses = new Map();
  operators.forEach((operator) => houses.set(operator.institution, [...(houses.get(operator.institution) ?? []), operator]));
  return [...houses].map(([institution, people]) => h("section", { class: "house" },
    h("h3", { dir: "auto" }, institution), h("ul", {}, ...people.map(person))));
}

function person(operator) {
  const places = [...operator.desks, ...operator.coops.map((coop) => (operator.backup ? `${coop} (round-the-clock staff)` : coop))];
  return h("li", {}, h("div", {}, h("bdi", { class: "name" }, operator.name), h("p", { class: "about" }, places.join(" · ") || "No desk")),
    h("a", { class: "button", href: dashboard(operator), target: "_blank", rel: "noopener", "aria-label": `Open the dashboard of ${operator.name}` }, "Open dashboard"));
}

function dashboard({ id }) {
  return `/dashboard?as=${encodeURIComponent(id)}`;
}

/** The three steps with the names of this demo, if it has a desk and a partner library in one co-op. */
function steps({ widgets, operators }) {
  const casts = widgets.map((widget) => cast(widget, operators)).filter((found) => found !== null);
  const chosen = casts.find(({ widget }) => widget.id === FIRST_CHOICE) ?? casts[0];
  if (chosen === undefined) {
    return;
  }
  const { widget, desk, partner, coop } = chosen;
  const link = (to, words) => h("a", { href: to, target: "_blank", rel: "noopener" }, words);
  const first = ({ name }) => name.split(" ")[0];
  document.getElementById("step-staff").replaceChildren("Open the dashboards of ", link(dashboard(desk), desk.name), ` and of ${partner.institution}’s `,
    link(dashboard(partner), partner.name), `. Switch on “${desk.desks[0]}” for ${first(desk)} and “${coop}” for ${first(partner)}.`);
  document.getElementById("step-ask").replaceChildren("Open ", link(widget.page, `the page of ${widget.institution}`), " and start a chat in its corner.");
  document.getElementById("step-wait").replaceChildren(`Only ${first(desk)} sees it, with a countdown. When that is over, ${first(partner)} sees it too. `,
    "Claim it in one dashboard: the other is told by whom.");
}

/** Who plays which part around a widget; null if somebody is missing. */
function cast(widget, operators) {
  for (const desk of operators.filter((one) => one.institution === widget.institution && one.desks.length > 0)) {
    for (const partner of operators.filter((one) => one.institution !== widget.institution && !one.backup)) {
      const coop = partner.coops.find((name) => desk.coops.includes(name));
      if (coop !== undefined) {
        return { widget, desk, partner, coop };
      }
    }
  }
  return null;
}

begin();
