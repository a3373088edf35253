/** The tickets in the library's queue: read with their conversation, and marked as answered (K1). */

import { h } from "/coop-web/dom.js";
import { begin, say, told } from "./staff/office.js";

class TicketsPage {
  #office;
  #list = document.getElementById("list");

  constructor(office, { tickets }) {
    this.#office = office;
    this.#show(tickets);
  }

  #show(tickets) {
    this.#list.replaceChildren(...(tickets.length === 0
      ? [h("p", { class: "empty" }, "There are no tickets.")]
      : tickets.map((ticket) => this.#card(ticket))));
  }

  #card(ticket) {
    const body = h("div", {});
    const card = h("section", { class: "card", "aria-label": `Ticket ${ticket.reference}` },
      h("h2", {}, ticket.reference, " ", ticket.answeredAt ? h("span", { class: "tag" }, `answered by ${ticket.answeredBy.name}`) : null),
      h("p", { class: "sub" }, new Date(ticket.at).toLocaleString(), ticket.chat ? ` · chat ${ticket.chat}` : " · no chat"),
      ticket.forgotten
        ? h("p", { class: "empty" }, "What was asked here has been erased.")
        : h("p", { dir: "auto" }, ticket.question),
      ticket.email ? h("p", {}, h("bdi", {}, ticket.name ?? ""), " ", h("a", { href: `mailto:${encodeURIComponent(ticket.email)}` }, h("bdi", {}, ticket.email))) : null,
      body,
      h("div", { class: "actions" },
        h("button", { type: "button", class: "plain", on: { click: () => this.#open(ticket, body) } }, "Show conversation"),
        ticket.answeredAt ? null : h("button", { type: "button", class: "primary", on: { click: () => this.#answered(ticket) } }, "Mark as answered")));
    return card;
  }

  #open(ticket, body) {
    return told(async () => {
      const { conversation } = await this.#office.ask("/api/tickets/ticket", { ticket: ticket.ticket });
      body.replaceChildren(h("pre", { class: "conversation", dir: "auto" }, conversation ?? "There is no conversation with it."));
    });
  }

  async #answered(ticket) {
    await told(async () => {
      await this.#office.act("/api/tickets/answered", { ticket: ticket.ticket });
      say(`${ticket.reference} is marked as answered.`);
      this.#show((await this.#office.ask("/api/tickets")).tickets);
    });
  }
}

begin("tickets", "/api/tickets", (office, known) => new TicketsPage(office, known));
