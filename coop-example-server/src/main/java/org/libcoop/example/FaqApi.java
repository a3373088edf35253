package org.libcoop.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libcoop.CoopEngine;
import org.libcoop.FaqSession;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.InstitutionCard;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.faq.FaqEntry;
import org.libcoop.faq.FaqFindings;
import org.libcoop.faq.FaqGroup;
import org.libcoop.faq.FaqHit;
import org.libcoop.faq.FaqReading;
import org.libcoop.faq.FaqVisibility;
import org.libcoop.faq.Highlighted;
import org.libcoop.memory.Tickets;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;

/**
 * FAQs and cards over HTTP (F1–F4): searched and read through the engine, which says who may; the host's own entries kept by its local
 * admins, which is the host's to say. No answer is to be kept by a browser.
 */
final class FaqApi extends StaffServlet {

    private static final long serialVersionUID = 1L;

    private static final int ROWS = 10;

    private final transient HostFaqs faqs;

    FaqApi(CoopEngine engine, Tickets signIns, HostFaqs faqs) {
        super(engine, signIns);
        this.faqs = faqs;
    }

    @Override
    void ask(OperatorId me, String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        FaqSession session = engine.faq(me);
        String chat = asked(request, "chat");
        String entry = String.valueOf(asked(request, "entry"));
        switch (path) {
            case "" -> answer(response, found(session, chat, request), FaqApi::findings);
            case "/entry" ->
                answer(
                        response,
                        chat == null ? session.entry(entry) : session.entry(ChatId.of(chat), entry),
                        FaqApi::reading);
            case "/staffing" ->
                answer(response, session.staffing(ChatId.of(String.valueOf(chat)), entry), FaqApi::reading);
            case "/groups" -> answer(response, session.groups(), FaqApi::groups);
            case "/card" -> answer(response, card(session, me, chat), FaqApi::card);
            case "/kept" -> answer(response, faqs.all(me), FaqApi::kept);
            default -> noSuchResource(response);
        }
    }

    private static Outcome<FaqFindings> found(FaqSession session, @Nullable String chat, HttpServletRequest request) {
        String words = asked(request, "words");
        String typed = words == null ? "" : words;
        String cursor = asked(request, "cursor");
        return chat == null
                ? session.search(typed, null, cursor, ROWS)
                : session.search(ChatId.of(chat), typed, null, cursor, ROWS);
    }

    /** Beside a chat; without one that of the own institution. */
    private Outcome<InstitutionCard> card(FaqSession session, OperatorId me, @Nullable String chat) {
        return chat != null
                ? session.card(ChatId.of(chat))
                : engine.directory()
                        .operator(me)
                        .map(Operator::institution)
                        .map(own -> Outcome.done(engine.directory().card(own)))
                        .orElseGet(() -> Outcome.refused(RefusalCode.NOT_ALLOWED, "you may not do that"));
    }

    @Override
    @Nullable
    Outcome<ObjectNode> act(OperatorId me, String path, JsonNode body) {
        return switch (path) {
            case "/send" ->
                done(engine.faq(me)
                                .send(ChatId.of(required(body, "chat")), required(body, "entry"), required(body, "id")))
                        .map(receipt ->
                                object().put("chat", receipt.chat().value()).put("seq", receipt.seq()));
            case "/card-save" -> done(engine.faq(me).saveCard(card(me, body))).map(FaqApi::card);
            case "/save" ->
                faqs.save(
                                me,
                                institution -> new FaqEntry(
                                        required(body, "entry"),
                                        institution,
                                        required(body, "group"),
                                        required(body, "title"),
                                        required(body, "text"),
                                        optional(body, "link"),
                                        required(body, "language"),
                                        date(body)))
                        .map(FaqApi::entry);
            case "/remove" -> faqs.remove(me, required(body, "entry")).map(id -> object().put("entry", id));
            default -> null;
        };
    }

    private static @Nullable String optional(JsonNode body, String field) {
        String value = body.path(field).asText("");
        return value.isEmpty() ? null : value;
    }

    private static @Nullable LocalDate date(JsonNode body) {
        String date = optional(body, "reviewed");
        try {
            return date == null ? null : LocalDate.parse(date);
        } catch (DateTimeParseException malformed) {
            throw new IllegalArgumentException("reviewed is no date", malformed);
        }
    }

    private InstitutionCard card(OperatorId me, JsonNode body) {
        List<InstitutionCard.Link> links = new ArrayList<>();
        body.path("links")
                .forEach(link -> links.add(new InstitutionCard.Link(required(link, "name"), required(link, "url"))));
        Operator admin = engine.directory()
                .operator(me)
                .orElseThrow(() -> new IllegalArgumentException("nobody has no institution"));
        return new InstitutionCard(
                body.has("institution") ? InstitutionId.of(required(body, "institution")) : admin.institution(),
                required(body, "hours"),
                required(body, "phone"),
                links,
                required(body, "alerts"),
                date(body));
    }

    // ---- As JSON

    private static ObjectNode findings(FaqFindings found) {
        ObjectNode node = object();
        ArrayNode rows = node.putArray("rows");
        for (FaqHit hit : found.page().hits()) {
            ObjectNode row = rows.addObject().put("entry", hit.entry());
            row.set("group", group(found.group(hit)));
            row.set("title", marked(hit.title()));
            row.set("snippet", marked(hit.snippet()));
            row.put("link", hit.link()).put("language", hit.language()).put("reviewed", text(hit.reviewed()));
        }
        if (found.page().next() != null) {
            node.put("next", found.page().next());
        }
        return node;
    }

    private static ObjectNode marked(Highlighted text) {
        ObjectNode node = object().put("text", text.text());
        ArrayNode marks = node.putArray("marks");
        text.marks().forEach(mark -> marks.addArray().add(mark.from()).add(mark.to()));
        return node;
    }

    private static ObjectNode group(FaqGroup group) {
        return object().put("group", group.id())
                .put("name", group.name())
                .put("visibility", StaffJson.kebab(group.visibility()))
                .put("sendable", group.visibility() == FaqVisibility.PUBLIC);
    }

    private static ObjectNode groups(List<FaqGroup> groups) {
        ObjectNode node = object();
        ArrayNode all = node.putArray("groups");
        groups.forEach(group -> all.add(group(group)));
        return node;
    }

    private static ObjectNode reading(FaqReading reading) {
        ObjectNode node = entry(reading.entry());
        node.set("group", group(reading.group()));
        return node;
    }

    private static ObjectNode entry(FaqEntry entry) {
        return object().put("entry", entry.id())
                .put("group", entry.group())
                .put("title", entry.title())
                .put("text", entry.text())
                .put("link", entry.link())
                .put("language", entry.language())
                .put("reviewed", text(entry.reviewed()));
    }

    private static ObjectNode kept(List<FaqEntry> entries) {
        ObjectNode node = object();
        ArrayNode all = node.putArray("entries");
        entries.forEach(entry -> all.add(entry(entry)));
        return node;
    }

    private static ObjectNode card(InstitutionCard card) {
        ObjectNode node = object().put("institution", card.institution().value())
                .put("hours", card.hours())
                .put("phone", card.phone())
                .put("alerts", card.alerts())
                .put("reviewed", text(card.reviewed()));
        ArrayNode links = node.putArray("links");
        card.links().forEach(link -> links.addObject().put("name", link.name()).put("url", link.url()));
        return node;
    }

    private static @Nullable String text(@Nullable LocalDate date) {
        return date == null ? null : date.toString();
    }
}
