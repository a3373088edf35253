package org.libcoop.example;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.libcoop.CoopEngine;
import org.libcoop.access.Operation;
import org.libcoop.access.TranscriptPath;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.FileId;
import org.libcoop.chat.Logged;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.PatronBlock;
import org.libcoop.directory.Widget;
import org.libcoop.memory.Tickets;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.Ids;
import org.libcoop.spi.Principal;
import org.libcoop.testkit.junit.AccessActor;
import org.libcoop.testkit.junit.AccessDoor;
import org.libcoop.web.CoopWeb;

/** What the pages ask and do over HTTP, as they ask it: the server's servlets around one engine. */
class HttpDoor implements AccessDoor {

    private static final Set<Operation> HAS = EnumSet.of(
            Operation.READ_AT_HOME,
            Operation.READ_OF_COOP,
            Operation.REDACT,
            Operation.DELETE_CONTENT,
            Operation.EMAIL_TRANSCRIPT,
            Operation.GIVE_FEEDBACK,
            Operation.DISCUSS_FEEDBACK,
            Operation.SEE_ACCOUNTS,
            Operation.MANAGE_ACCOUNT,
            Operation.READ_AUDIT,
            Operation.SHARE_FILE,
            Operation.READ_FILE,
            Operation.BLOCK,
            Operation.BLOCK_IN_COOP,
            Operation.EXPEL,
            Operation.SEE_BLOCKS,
            Operation.LIFT_BLOCK,
            Operation.EXPORT_PATRON_DATA,
            Operation.ERASE_PATRON_DATA,
            Operation.OPEN_TICKET,
            Operation.SEE_TICKETS,
            Operation.SEARCH_FAQ,
            Operation.SEARCH_FAQ_OF_CHAT,
            Operation.READ_STAFFING_FAQ,
            Operation.SEND_FAQ,
            Operation.SEE_CARD,
            Operation.SAVE_CARD,
            Operation.SAVE_WIDGET,
            Operation.SEE_CANNED,
            Operation.SAVE_CANNED);

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, 1, 1);
    private @Nullable Tickets signIns;

    @Override
    public Set<Operation> lacks() {
        return EnumSet.complementOf(EnumSet.copyOf(HAS));
    }

    @Override
    public AccessActor actor(CoopEngine engine, Principal who) {
        Tickets tickets = started(engine);
        URI address = URI.create("http://127.0.0.1:" + connector.getLocalPort());
        return who instanceof Principal.OfOperator staff
                ? new Page(engine, new StaffClient(address, tickets.issue(seen(staff.operator()))))
                : new PatronPage(engine, new StaffClient(address, ((Principal.OfPatron) who).key()));
    }

    /** Who somebody is taken for. */
    OperatorId seen(OperatorId who) {
        return who;
    }

    private Tickets started(CoopEngine engine) {
        if (signIns == null) {
            signIns = new Tickets(Duration.ofHours(8), Ids.random(), engine::now);
            ServletContextHandler context = new ServletContextHandler("/");
            ExampleServer.addStaff(
                    context, engine, signIns, new Outbox(engine::now), Storage.ticketsInMemory(), faqs(engine));
            context.addServlet(new ServletHolder(new CoopWeb(engine, "/coop")), "/coop-web/*");
            server.setHandler(context);
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            try {
                server.start();
            } catch (Exception failed) { // that is what the container declares
                throw new IllegalStateException("the server did not start", failed);
            }
        }
        return signIns;
    }

    /** The host's own entries, which nobody asks for here. */
    private static HostFaqs faqs(CoopEngine engine) {
        try {
            return HostFaqs.open(engine.directory(), null);
        } catch (SQLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failed) { // that is what the container declares
            throw new IllegalStateException("the server did not stop", failed);
        }
    }

    private static FileId newestFile(CoopEngine engine, ChatId chat) {
        return engine.inspect(chat).stream()
                .flatMap(seen -> seen.log().stream())
                .map(Logged::event)
                .filter(ChatEvent.FileShared.class::isInstance)
                .map(event -> ((ChatEvent.FileShared) event).file())
                .reduce((older, newer) -> newer)
                .orElse(FileId.of(chat, "f1"));
    }

    /** A patron's page, whose key is the token. */
    private record PatronPage(CoopEngine engine, StaffClient client) implements AccessActor {

        @Override
        public Answer share(ChatId chat) {
            return Page.tried(() -> client.post("/coop-web/files/" + chat, Map.of("name", "a"), new byte[] {'a'}));
        }

        @Override
        public Answer file(ChatId chat) {
            return Page.tried(() -> client.get("/coop-web/files/" + chat + "/" + newestFile(engine, chat), Map.of()));
        }
    }

    /** Somebody's page. */
    private record Page(CoopEngine engine, StaffClient client) implements AccessActor {

        private static Answer answer(HttpResponse<String> answer) throws Exception {
            if (answer.statusCode() == 200) {
                return Answer.done();
            }
            JsonNode refusal = StaffClient.json(answer);
            return Answer.refused(Refusal.of(
                    RefusalCode.of(refusal.path("code").asText()).orElseThrow(),
                    refusal.path("message").asText()));
        }

        static Answer tried(Callable<HttpResponse<String>> request) {
            try {
                return answer(request.call());
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        }

        private Answer asked(String path, Map<String, String> parameters) {
            try {
                return answer(client.get(path, parameters));
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        }

        private Answer act(String path, Map<String, ?> body) {
            try {
                return answer(client.post(path, body));
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        }

        private static Map<String, String> along(TranscriptPath path) {
            Map<String, String> parameters = new LinkedHashMap<>();
            if (path instanceof TranscriptPath.OfCoop of) {
                parameters.put("coop", of.coop().value());
            }
            return parameters;
        }

        @Override
        public Answer share(ChatId chat) {
            Map<String, String> named = Map.of("chat", chat.value(), "name", "a");
            return tried(() -> client.post("/api/files/share", named, new byte[] {'a'}));
        }

        @Override
        public Answer file(ChatId chat) {
            return asked(
                    "/api/files",
                    Map.of(
                            "chat",
                            chat.value(),
                            "file",
                            newestFile(engine, chat).value()));
        }

        @Override
        public Answer file(TranscriptPath path, ChatId chat) {
            Map<String, String> parameters = along(path);
            parameters.put("chat", chat.value());
            parameters.put("file", newestFile(engine, chat).value());
            return asked("/api/files/transcript", parameters);
        }

        @Override
        public Answer read(TranscriptPath path, ChatId chat) {
            return transcript("/api/transcripts/chat", path, chat);
        }

        @Override
        public Answer explain(TranscriptPath path, ChatId chat) {
            return transcript("/api/transcripts/explain", path, chat);
        }

        private Answer transcript(String address, TranscriptPath path, ChatId chat) {
            Map<String, String> parameters = along(path);
            parameters.put("chat", chat.value());
            return asked(address, parameters);
        }

        @Override
        public Answer redact(ChatId chat) {
            long message = engine.inspect(chat).stream()
                    .flatMap(seen -> seen.log().stream())
                    .filter(entry -> entry.event() instanceof ChatEvent.MessageSaid)
                    .mapToLong(Logged::seq)
                    .max()
                    .orElse(1);
            return act("/api/transcripts/redact", Map.of("chat", chat.value(), "seq", message));
        }

        @Override
        public Answer saveWidget(Widget widget) {
            return act(
                    "/api/widgets/save",
                    Map.of(
                            "widget", widget.id().value(),
                            "institution", widget.institution().value(),
                            "name", widget.name(),
                            "route",
                                    widget.route().stream()
                                            .map(option ->
                                                    Map.of("kind", StaffJson.kebab(option.kind()), "id", option.id()))
                                            .toList()));
        }

        @Override
        public Answer delete(ChatId chat) {
            return act("/api/transcripts/delete", Map.of("chat", chat.value()));
        }

        @Override
        public Answer email(ChatId chat) {
            Answer answer = act("/api/transcripts/email", Map.of("chat", chat.value(), "address", "a@example.edu"));
            // The engine of the contract has no mailer: that is found out last.
            return answer.why()
                            .filter(why -> why.code() == RefusalCode.UNSUPPORTED)
                            .isPresent()
                    ? Answer.done()
                    : answer;
        }

        @Override
        public Set<ChatId> search(TranscriptPath path) {
            return found("/api/transcripts", path);
        }

        @Override
        public Set<ChatId> chats(TranscriptPath path) {
            return found("/api/feedback", path);
        }

        private Set<ChatId> found(String address, TranscriptPath path) {
            try {
                Set<ChatId> found = new HashSet<>();
                StaffClient.json(client.get(address, along(path)))
                        .path("rows")
                        .forEach(row -> found.add(ChatId.of(row.path("chat").asText())));
                return found;
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        }

        private static Map<String, Object> feedback(TranscriptPath path, ChatId chat) {
            Map<String, Object> body = new LinkedHashMap<>(along(path));
            body.put("chat", chat.value());
            return body;
        }

        private static Map<String, Object> said(Map<String, Object> body, String text) {
            body.put("text", text);
            body.put("id", UUID.randomUUID().toString());
            return body;
        }

        @Override
        public Answer give(ChatId chat) {
            return act("/api/feedback/give", said(feedback(TranscriptPath.home(), chat), "rather slow"));
        }

        @Override
        public Answer reply(TranscriptPath path, ChatId chat) {
            return act("/api/feedback/reply", said(feedback(path, chat), "it was busy"));
        }

        @Override
        public Answer posts(TranscriptPath path, ChatId chat) {
            Map<String, String> parameters = along(path);
            parameters.put("chat", chat.value());
            return asked("/api/feedback/chat", parameters);
        }

        @Override
        public Answer seen(TranscriptPath path, ChatId chat) {
            Map<String, Object> body = feedback(path, chat);
            body.put("seq", 1);
            return act("/api/feedback/seen", body);
        }

        @Override
        public Set<ChatId> export(TranscriptPath path) {
            Map<String, String> parameters = along(path);
            parameters.put("format", "csv");
            try {
                HttpResponse<String> file = client.get("/api/transcripts/export", parameters);
                return file.statusCode() != 200
                        ? Set.of()
                        : file.body()
                                .lines()
                                .skip(1)
                                .map(line -> ChatId.of(line.substring(0, line.indexOf(','))))
                                .collect(Collectors.toSet());
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        }

        @Override
        public Answer accounts(CoopId coop) {
            return asked("/api/accounts", Map.of("coop", coop.value()));
        }

        @Override
        public Answer grant(OperatorId who, CoopId coop, Level level) {
            return act(
                    "/api/accounts/grant",
                    Map.of("operator", who.value(), "coop", coop.value(), "level", StaffJson.kebab(level)));
        }

        @Override
        public Answer revoke(CoopAccount account) {
            return act(
                    "/api/accounts/revoke",
                    Map.of(
                            "operator", account.operator().value(),
                            "coop", account.coop().value()));
        }

        @Override
        public Answer block(ChatId chat, @Nullable CoopId coop, boolean end) {
            Map<String, Object> order = new LinkedHashMap<>(Map.of("chat", chat.value(), "reason", "spam", "days", 1));
            if (coop != null) {
                order.put("coop", coop.value());
            }
            if (end) {
                order.put("end", "lost");
            }
            return act("/api/blocks/block", order);
        }

        @Override
        public Answer openTicket(ChatId chat) {
            return act(
                    "/api/tickets/open",
                    Map.of("chat", chat.value(), "question", "Where is it?", "email", "a@example.edu"));
        }

        @Override
        public Answer ticketsOf(ChatId chat) {
            return asked("/api/tickets/of-chat", Map.of("chat", chat.value()));
        }

        @Override
        public Answer blocks(BlockScope scope) {
            return asked("/api/blocks", Map.of("scope", StaffJson.kebab(scope.kind()), "of", scope.id()));
        }

        @Override
        public Answer groups() {
            return asked("/api/faq/groups", Map.of());
        }

        @Override
        public Answer searchFaq() {
            return asked("/api/faq", Map.of("words", "open"));
        }

        @Override
        public Answer entry() {
            return asked("/api/faq/entry", Map.of("entry", "public"));
        }

        @Override
        public Answer searchFaq(ChatId chat) {
            return asked("/api/faq", Map.of("words", "open", "chat", chat.value()));
        }

        @Override
        public Answer entry(ChatId chat) {
            return asked("/api/faq/entry", Map.of("entry", "public", "chat", chat.value()));
        }

        @Override
        public Answer staffing(ChatId chat) {
            return asked("/api/faq/staffing", Map.of("entry", "staff", "chat", chat.value()));
        }

        @Override
        public Answer send(ChatId chat) {
            String id = UUID.randomUUID().toString();
            return act("/api/faq/send", Map.of("entry", "public", "chat", chat.value(), "id", id));
        }

        @Override
        public Answer card(ChatId chat) {
            return asked("/api/faq/card", Map.of("chat", chat.value()));
        }

        @Override
        public Answer saveCard(InstitutionId institution) {
            return act(
                    "/api/faq/card-save",
                    Map.of("institution", institution.value(), "hours", "", "phone", "", "alerts", ""));
        }

        @Override
        public Answer canned(BlockScope scope) {
            return asked("/api/canned", Map.of("scope", StaffJson.kebab(scope.kind()), "of", scope.id()));
        }

        @Override
        public Answer saveCanned(BlockScope scope) {
            return act("/api/canned/save", Map.of("scope", StaffJson.kebab(scope.kind()), "of", scope.id()));
        }

        @Override
        public Answer lift(PatronBlock block) {
            BlockScope scope = block.scope();
            return act(
                    "/api/blocks/lift",
                    Map.of(
                            "scope", StaffJson.kebab(scope.kind()),
                            "of", scope.id(),
                            "block", block.id().value()));
        }

        @Override
        public Answer exportPatron(String email) {
            return act("/api/patrons/export", Map.of("email", email));
        }

        @Override
        public Answer erasePatron(String email) {
            return act("/api/patrons/erase", Map.of("email", email));
        }

        @Override
        public Answer audit(InstitutionId institution) {
            return asked("/api/audit", Map.of("institution", institution.value()));
        }
    }
}
