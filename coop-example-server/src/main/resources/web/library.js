/** A library's demo page: which one is decided by the widget in the path. The chat on it is a `<coop-chat>`. */

import { h, text, attribute } from "/coop-web/dom.js";
import "/coop-web/coop-chat.js";

const DATABASES = [
  ["Academic Atlas", "All subjects", "Articles of some 9,000 journals. A good first stop."],
  ["ArtVault", "Art, architecture", "Images of paintings, buildings and objects, free to use in class."],
  ["BioReview", "Biology, medicine", "Review articles that sum up where research stands."],
  ["CiteTrail", "All subjects", "Who cites whom: follow a paper forwards and backwards."],
  ["Colonial Letters", "History", "Scanned letters and journals, 1650–1820, with transcriptions."],
  ["Dissertations Open", "All subjects", "Theses of 300 universities, most of them in full text.", "Open access"],
  ["EconSeries", "Economics", "Time series of prices, trade and work, ready for a spreadsheet."],
  ["Film & Stage", "Performing arts", "Recorded performances, with scripts where we have them.", "Trial"],
  ["GeoSheets", "Geography", "Historical and topographic maps to download."],
  ["LawReports Plus", "Law", "Decisions, statutes and commentary."],
  ["Meridian Newspapers", "News", "Today’s issues and archives of 2,400 newspapers."],
  ["NurseBase", "Nursing, health", "Journals, care sheets and guidelines."],
  ["Open Humanities", "Humanities", "Books and journals that anybody may read.", "Open access"],
  ["Physics Letters Hub", "Physics", "Letters and preprints, updated every night."],
  ["PsycDatabase", "Psychology", "Articles, tests and book chapters in psychology, with full text."],
  ["SocSurvey", "Sociology", "Questionnaires and data of large surveys."],
  ["World Standards", "Engineering", "Technical standards. Sign in with your campus account."],
];

const widgetId = decodeURIComponent(location.pathname.split("/").filter(Boolean).at(-1) ?? "");

async function begin() {
  const answer = await fetch(`/coop-web/widgets/${encodeURIComponent(widgetId)}`);
  if (!answer.ok) {
    place("unknown");
    return;
  }
  const { institution } = await answer.json();
  const university = /universit|college|academ/iu.test(institution);
  place(university ? "university" : "town");
  document.documentElement.dataset.library = university ? "university" : "town";
  document.title = `${university ? "A–Z databases" : "Welcome"} – ${institution}`;
  document.querySelectorAll("[data-institution]").forEach((element) => text(element, institution));
  document.querySelectorAll("form").forEach((form) => form.addEventListener("submit", (event) => event.preventDefault()));
  university && listDatabases();
  document.body.append(chat());
}

function place(template) {
  document.body.prepend(document.getElementById(template).content.cloneNode(true));
}

function chat() {
  const element = h("coop-chat", { widget: widgetId });
  element.addEventListener("coop-status", ({ detail }) => {
    const line = document.querySelector(".presence");
    text(line, detail.online ? "Librarians are online now." : "The chat is offline at the moment.");
    line.dataset.online = detail.online;
  });
  return element;
}

// ---- A–Z -------------------------------------------------------------------------------------------------------------

function listDatabases() {
  const letters = document.querySelector(".letters");
  const find = document.getElementById("find");
  const wanted = new URL(location.href).searchParams;
  const used = new Set(DATABASES.map(([name]) => name[0]));
  ["All", ..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].forEach((letter) => {
    const button = h("button", { type: "button", dataset: { letter } }, letter);
    button.disabled = letter !== "All" && !used.has(letter);
    button.addEventListener("click", () => choose(letter, ""));
    letters.append(button);
  });
  find.addEventListener("input", () => choose("All", find.value));
  find.value = wanted.get("d") ?? "";
  choose(wanted.get("a")?.toUpperCase() ?? "All", find.value);
}

function choose(letter, words) {
  const sought = words.trim().toLowerCase();
  const found = DATABASES.filter(([name, subject]) =>
    (letter === "All" || name[0] === letter) && `${name} ${subject}`.toLowerCase().includes(sought));
  document.querySelectorAll(".letters button").forEach((button) =>
    attribute(button, "aria-pressed", String(button.dataset.letter === letter)));
  const title = letter === "All" ? (sought === "" ? "All databases" : "Found") : `Databases with ${letter}`;
  text(document.getElementById("listed"), `${title} (${found.length})`);
  document.querySelector(".databases").replaceChildren(...found.map(([name, subject, about, badge]) =>
    h("li", {}, h("h3", {}, h("a", { href: `?d=${encodeURIComponent(name)}` }, name), badge ? h("span", { class: "badge" }, badge) : null),
      h("p", {}, about), h("p", { class: "subject" }, subject))));
}

begin();
