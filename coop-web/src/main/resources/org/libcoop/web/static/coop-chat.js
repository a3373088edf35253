/**
 * `<coop-chat widget="databases">`: a patron's chat on a library's page, closed at first. Everything is inside a shadow root with a
 * style sheet of its own. Fires `coop-status` with `{online}` when it is known whether anybody is there. Talks to the server that this
 * script comes from, from a page of any origin that the widget names.
 *
 * A page may also say it with the script alone, `<script type="module" src="…/coop-chat.js" data-widget="databases">`: the chat is then put at
 * the page's end.
 */

import { h, text, show, icon, arrange, sends } from "./dom.js";
import { t, parts, language } from "./texts.js";
import { duration } from "./time.js";
import { PatronChat } from "./chat/patron-chat.js";
import { FaqView } from "./chat/faq-view.js";
import { FormView } from "./chat/form-view.js";
import { RatingView } from "./chat/rating-view.js";
import { fileButton } from "./files.js";
import { TicketView } from "./chat/ticket-view.js";
import { patronLog } from "./chat/log-view.js";

const PHONE = matchMedia("(max-width: 480px)");
const OPEN = "coop.open";
/** Where this script comes from: its style, its server. */
const HOME = new URL(".", import.meta.url);

class CoopChat extends HTMLElement {
  #chat = null;
  #form;
  #rating;
  #faq;
  #question;
  #ticket;
  #log;
  #mode = null;
  #parts;

  connectedCallback() {
    if (this.#chat !== null) {
      return;
    }
    this.#chat = new PatronChat(this.getAttribute("widget"), HOME);
    this.#form = new FormView({ start: (fields) => this.#chat.start(fields) });
    this.#rating = new RatingView((rating, comment) => this.#chat.rate(rating, comment));
    this.#faq = new FaqView((words) => this.#chat.searchFaq(words));
    this.#question = new TicketView(t("question.lead"), (fields) => this.#chat.leaveQuestion(fields));
    this.#ticket = new TicketView(t("ticket.lead"), (fields) => this.#chat.askByTicket(fields));
    this.#log = patronLog((message) => this.#chat.again(message), (entry) => this.#chat.save(entry));
    this.#build();
    this.#chat.addEventListener("change", () => this.#update());
    setInterval(() => this.#tick(), 500);
    this.#chat.begin();
  }

  // ---- The face ------------------------------------------------------------------------------------------------------

  #build() {
    const p = {
      status: h("span", { class: "status" }),
      badge: h("span", { class: "badge", hidden: true }),
      launchTitle: h("span", { class: "launch-title" }, t("ask")),
      title: h("h2", { id: "title" }),
      subtitle: h("p", { class: "subtitle" }),
      face: h("span", { class: "face", "aria-hidden": "true" }),
      offline: h("p", { class: "offline-text", tabindex: "-1" }),
      lost: h("p", { class: "lost", role: "status" }),
      waitText: h("p", { class: "wait-text" }),
      partners: h("p", { class: "partners" }),
      waitClock: h("span", { class: "wait-clock" }),
      over: h("p", { class: "over-text" }),
      input: h("textarea", { rows: "1", maxlength: "10000", dir: "auto", "aria-label": t("message"), placeholder: t("message.hint") }),
    };
    p.launcher = h("button", { class: "launcher", type: "button", "aria-haspopup": "dialog", on: { click: () => this.#open() } },
      icon("chat"), h("span", { class: "launch-text" }, p.launchTitle, p.status), p.badge);
    p.offlineView = h("div", { class: "offline" }, icon("clock"), p.offline, this.#faq.element, this.#question.element);
    p.waitSince = h("p", { class: "wait-since" }, ...parts("waiting-for", { time: p.waitClock }));
    p.waitCard = h("div", { class: "wait-card" }, h("span", { class: "pulse", "aria-hidden": "true" }),
      h("div", {}, h("div", { role: "status" }, p.waitText, p.partners), p.waitSince));
    p.composer = h("form", { class: "composer", on: { submit: (event) => this.#send(event) } },
      p.input, h("button", { class: "send", type: "submit", "aria-label": t("message.send") }, icon("send")));
    p.input.addEventListener("keydown", (event) => sends(event) && this.#send(event));
    p.composer.prepend(...fileButton(p.composer, (file) => this.#chat.share(file)));
    p.endAsk = h("button", { class: "quiet end", type: "button", on: { click: () => this.#confirmEnd(true) } }, t("end"));
    p.endYes = h("button", { class: "danger", type: "button", on: { click: () => this.#leave() } }, t("end"));
    p.confirm = h("div", { class: "confirm", role: "group", "aria-label": t("end.sure"), hidden: true },
      h("p", {}, t("end.sure")), p.endYes,
      h("button", { class: "quiet", type: "button", on: { click: () => this.#confirmEnd(false) } }, t("end.keep")));
    p.renew = h("button", { class: "primary", type: "button", on: { click: () => this.#again() } }, t("renew"));
    p.overView = h("div", { class: "over" }, p.over, this.#rating.element, p.renew);
    p.talk = h("div", { class: "talk" }, p.waitCard, this.#log.element, this.#ticket.element, p.confirm, p.composer, p.overView);
    p.panel = h("dialog", { class: "panel", "aria-labelledby": "title", on: { cancel: (event) => this.#cancel(event), keydown: (event) => this.#escape(event) } },
      h("header", {}, p.face, h("div", { class: "titles" }, p.title, p.subtitle), p.endAsk,
        h("button", { class: "minimise", type: "button", "aria-label": t("close"), on: { click: () => this.#close() } }, icon("minimise"))),
      p.lost, this.#form.element, p.offlineView, p.talk);
    this.#parts = p;
    const root = this.attachShadow({ mode: "open" });
    const all = h("div", { class: "all", lang: language, hidden: true }, p.panel, p.launcher);
    const style = h("link", { rel: "stylesheet", href: new URL("coop-chat.css", HOME).href, on: { load: () => this.#styled(all) } });
    root.append(style, all);
  }

  /** Nothing is shown before the style sheet is there. */
  #styled(all) {
    all.styled = true;
    this.#all = all;
    this.#update();
  }

  #all = null;

  // ---- Opening and closing -------------------------------------------------------------------------------------------

  #open() {
    const { panel, launcher } = this.#parts;
    this.#chat.open = true;
    show(launcher, false);
    PHONE.matches ? panel.showModal() : panel.show();
    remember("open");
    this.#update();
    this.#log.toEnd();
    this.#focusInside();
  }

  #close() {
    const { panel, launcher } = this.#parts;
    this.#chat.open = false;
    panel.close();
    show(launcher, true);
    launcher.focus();
    remember("closed");
    this.#update();
  }

  #cancel(event) {
    event.preventDefault();
    this.#close();
  }

  #escape(event) {
    if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing) {
      event.preventDefault();
      this.#parts.confirm.hidden ? this.#close() : this.#confirmEnd(false);
    }
  }

  #focusInside() {
    const { input, offline, renew } = this.#parts;
    const targets = { form: this.#form, offline, waiting: input, claimed: input, over: renew };
    targets[this.#mode]?.focus();
  }

  // ---- What the patron does ------------------------------------------------------------------------------------------

  #send(event) {
    event.preventDefault();
    const { input } = this.#parts;
    if (input.value.trim() !== "") {
      this.#chat.say(input.value);
      input.value = "";
      this.#log.toEnd();
    }
    input.focus();
  }

  #confirmEnd(asking) {
    const { confirm, endYes, endAsk } = this.#parts;
    show(confirm, asking);
    show(endAsk, !asking);
    (asking ? endYes : endAsk).focus();
  }

  #leave() {
    show(this.#parts.confirm, false);
    this.#chat.leave();
    this.#parts.input.focus();
  }

  #again() {
    this.#form.clearQuestion();
    this.#ticket.clear();
    this.#chat.reset();
    this.#focusInside();
  }

  // ---- Showing what is -----------------------------------------------------------------------------------------------

  #update() {
    const chat = this.#chat;
    if (this.#all === null || chat.widget === null) {
      return;
    }
    const mode = chat.mode;
    const p = this.#parts;
    this.#all.hidden = false;
    this.dataset.mode = mode;
    show(this.#form.element, mode === "form");
    show(p.offlineView, mode === "offline");
    show(p.talk, ["waiting", "claimed", "over"].includes(mode));
    show(p.waitCard, mode === "waiting");
    show(p.composer, mode === "waiting" || mode === "claimed");
    show(p.overView, mode === "over");
    show(p.endAsk, (mode === "waiting" || mode === "claimed") && p.confirm.hidden);
    mode === "offline" && this.#faq.probe();
    show(this.#question.element, mode === "offline" && chat.widget.questions === true);
    show(this.#ticket.element, (mode === "waiting" || mode === "over") && chat.ticketOffered);
    this.#question.update(chat);
    this.#ticket.update(chat);
    this.#form.update(chat);
    this.#rating.update(chat);
    this.#log.update(chat.state?.chat ?? null, chat.entries, chat.outbox);
    this.#head(mode);
    this.#state(mode);
    this.#launcher(mode);
    this.#tick();
    this.#modeIs(mode);
  }

  #modeIs(mode) {
    const before = this.#mode;
    this.#mode = mode;
    this.dispatchEvent(new CustomEvent("coop-status", { detail: { online: this.#chat.widget.online }, bubbles: true }));
    if (before === mode) {
      return;
    }
    if ((before === null || before === "loading") && this.#chat.state !== null && remembered() === "open") {
      this.#open();
    } else if (this.#parts.panel.open && before !== null) {
      this.#log.toEnd();
      this.#keepFocus();
    }
  }

  /** What had the focus is gone with its view: the next view gets it, but nothing is taken from the page around. */
  #keepFocus() {
    if (this.shadowRoot.activeElement === null && (document.activeElement === document.body || document.activeElement === this)) {
      this.#focusInside();
    }
  }

  #head(mode) {
    const { title, subtitle, face } = this.#parts;
    const { widget, state } = this.#chat;
    const owner = mode === "claimed" ? state.owner : null;
    arrangeText(title, owner ? owner.name : widget.institution);
    arrangeText(subtitle, owner ? owner.institution : HEADS.has(mode) ? t(`head.${mode}`) : "");
    if (owner) {
      text(face, initial(owner.name));
    } else if (face.firstElementChild === null) {
      arrange(face, []);
      face.replaceChildren(icon("chat"));
    }
    face.classList.toggle("person", owner !== null && owner !== undefined);
  }

  #state(mode) {
    const { offline, lost, waitText, partners, over } = this.#parts;
    const { widget, state, connection } = this.#chat;
    text(offline, widget.texts.offline);
    const looking = this.#chat.entries.some((entry) => entry.event === "still-looking");
    text(waitText, mode === "waiting" ? (looking ? widget.texts.stillWaiting : state.text ?? widget.texts.waiting) : "");
    text(partners, state?.partnersAsked ? t("partners") : "");
    text(over, mode === "over" ? state.text ?? widget.texts.ended : "");
    const broken = (mode === "waiting" || mode === "claimed") && connection !== "online";
    text(lost, broken ? t("lost") : "");
    show(lost, broken);
  }

  #launcher(mode) {
    const { launcher, launchTitle, status, badge, panel } = this.#parts;
    const { state, widget } = this.#chat;
    if (panel.open && !document.hidden) {
      this.#chat.looked();
    }
    const unread = state === null ? 0 : this.#chat.unread;
    show(badge, unread > 0);
    text(badge, unread > 0 ? t("unread", { count: unread }) : "");
    text(launchTitle, state === null ? t("ask") : t("your-chat"));
    text(status, mode === "claimed" && !state?.owner ? "" : t(`status.${mode}`, { name: state?.owner?.name }));
    launcher.dataset.online = String(mode === "claimed" || mode === "waiting" || (mode === "form" && widget.online));
  }

  #tick() {
    const { state, waitingSince } = this.#chat;
    const { waitClock, waitSince } = this.#parts;
    if (state?.phase === "waiting") {
      show(waitSince, waitingSince !== null);
      text(waitClock, duration(this.#chat.now() - waitingSince));
    }
  }
}

const HEADS = new Set(["form", "offline", "waiting", "over"]);

function arrangeText(element, value) {
  element.dir = "auto";
  text(element, value);
}

function initial(name) {
  return [...new Intl.Segmenter().segment(name.trim())][0]?.segment ?? "?";
}

function remember(value) {
  try {
    sessionStorage.setItem(OPEN, value);
  } catch {
    // the next page begins closed
  }
}

function remembered() {
  try {
    return sessionStorage.getItem(OPEN);
  } catch {
    return null;
  }
}

customElements.define("coop-chat", CoopChat);

for (const script of document.querySelectorAll("script[data-widget]")) {
  if (script.src === import.meta.url) {
    document.body.append(h("coop-chat", { widget: script.dataset.widget }));
  }
}
