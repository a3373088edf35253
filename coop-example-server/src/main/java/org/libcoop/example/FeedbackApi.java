package org.libcoop.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libcoop.CoopEngine;
import org.libcoop.FeedbackSession;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.OperatorId;
import org.libcoop.memory.Tickets;
import org.libcoop.refusal.Outcome;
import org.libcoop.spi.FeedbackPage;
import org.libcoop.spi.Post;

/** QA feedback over HTTP (X4). */
final class FeedbackApi extends StaffServlet {

    private static final long serialVersionUID = 1L;

    private static final int CHATS = 25;
    private static final int POSTS = 200;

    FeedbackApi(CoopEngine engine, Tickets signIns) {
        super(engine, signIns);
    }

    @Override
    void ask(OperatorId me, String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        FeedbackSession feedback = engine.feedback(me);
        TranscriptPath along = path(asked(request, "coop"));
        switch (path) {
            case "" -> answer(response, feedback.chats(along, asked(request, "cursor"), CHATS), FeedbackApi::page);
            case "/chat" -> {
                ChatId chat = ChatId.of(String.valueOf(asked(request, "chat")));
                answer(response, feedback.posts(along, chat, 1, POSTS), posts -> posts(me, posts));
            }
            default -> noSuchResource(response);
        }
    }

    @Override
    @Nullable
    Outcome<ObjectNode> act(OperatorId me, String path, JsonNode body) {
        FeedbackSession feedback = engine.feedback(me);
        return switch (path) {
            case "/give" ->
                done(feedback.give(chat(body), rating(body), required(body, "text"), required(body, "id")))
                        .map(post -> post(me, post));
            case "/reply" ->
                done(feedback.reply(along(body), chat(body), required(body, "text"), required(body, "id")))
                        .map(post -> post(me, post));
            case "/seen" -> {
                if (!body.path("seq").canConvertToLong()) {
                    throw new IllegalArgumentException("seq is missing");
                }
                yield feedback.seen(along(body), chat(body), body.path("seq").asLong())
                        .map(chat -> object().put("chat", chat.value()));
            }
            default -> null;
        };
    }

    private static ChatId chat(JsonNode body) {
        return ChatId.of(required(body, "chat"));
    }

    private static TranscriptPath along(JsonNode body) {
        return path(body.has("coop") ? required(body, "coop") : null);
    }

    private static TranscriptPath path(@Nullable String coop) {
        return coop == null ? TranscriptPath.home() : TranscriptPath.coop(CoopId.of(coop));
    }

    private static @Nullable Integer rating(JsonNode body) {
        if (!body.has("rating")) {
            return null;
        }
        if (!body.path("rating").canConvertToInt()) {
            throw new IllegalArgumentException("rating must be a whole number");
        }
        return body.path("rating").asInt();
    }

    private static ObjectNode page(FeedbackPage page) {
        ObjectNode node = object();
        ArrayNode rows = node.putArray("rows");
        page.rows()
                .forEach(row -> rows.addObject()
                        .put("chat", row.chat().value())
                        .put("last", row.last())
                        .put("seen", row.seen()));
        if (page.next() != null) {
            node.put("next", page.next());
        }
        return node;
    }

    private ObjectNode posts(OperatorId me, List<Post> posts) {
        ObjectNode node = object();
        ArrayNode all = node.putArray("posts");
        posts.forEach(post -> all.add(post(me, post)));
        return node;
    }

    private ObjectNode post(OperatorId me, Post post) {
        ObjectNode node = object().put("seq", post.seq())
                .put("mine", post.by().equals(me))
                .put("at", post.at().toString());
        node.set("by", new StaffJson(engine.directory()).person(post.by(), null));
        if (post.rating() != null) {
            node.put("rating", post.rating());
        }
        if (post.text() != null) {
            node.put("text", post.text());
        }
        return node;
    }
}
