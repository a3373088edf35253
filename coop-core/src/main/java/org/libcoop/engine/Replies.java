package org.libcoop.engine;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.libcoop.access.Access;
import org.libcoop.access.Operation;
import org.libcoop.chat.Audience;
import org.libcoop.chat.Author;
import org.libcoop.chat.Chat;
import org.libcoop.chat.ChatCommand;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.ChatRules;
import org.libcoop.chat.Receipt;
import org.libcoop.directory.OperatorId;
import org.libcoop.engine.AuditLog.Deed;
import org.libcoop.faq.FaqEntry;
import org.libcoop.presence.Presence;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.AuditRecord.Who;
import org.libcoop.spi.StoreException;

/**
 * What operators say to patrons, on its way past the {@link StaffingWatch} (F2, G17). Every reply of every chat passes here: by what a
 * chat is claimed may change between the look at it and the message, the patron's library does not. Looked at is on the caller's
 * thread, in the order in which things are said; whether the one who says it is the owner is decided where it always is, with what was
 * found in the command. Safe for use by several threads.
 */
public final class Replies {

    /** What stands for words that are not said whatever comes. */
    private static final String UNSAID = "\u2026";

    private final EngineTime time;
    private final Presence presence;
    private final Heads heads;
    private final Commands commands;
    private final StaffingWatch watch;
    private final AuditLog audit;

    Replies(Ground ground, Commands commands, StaffingWatch watch, AuditLog audit) {
        this.time = ground.time();
        this.presence = ground.presence();
        this.heads = ground.heads();
        this.commands = commands;
        this.watch = watch;
        this.audit = audit;
    }

    /** M1, F2: a reply; with {@code release} also one that gives something away, once that is on record. */
    public CompletionStage<Outcome<Receipt>> say(
            OperatorId by, ChatId id, String text, boolean release, String commandId) {
        Operation as = release ? Operation.RELEASE_STAFFING : Operation.SAY;
        String content = Audience.PATRON_AND_STAFF + " " + id + ' ' + text;
        return said(by, id, as, commandId, content, chat -> looked(by, chat, text, release));
    }

    /** F1: what {@code found} gives for the chat, as a reply. */
    CompletionStage<Outcome<Receipt>> send(
            OperatorId by, ChatId id, String entry, String commandId, Function<Chat, Outcome<FaqEntry>> found) {
        String content = "faq " + id + ' ' + entry;
        return said(
                by,
                id,
                Operation.SEND_FAQ,
                commandId,
                content,
                chat -> found.apply(chat)
                        .flatMap(sent -> unlessSecret(text(sent), watch.givenAway(chat.home(), text(sent), sent))));
    }

    private static String text(FaqEntry entry) {
        String link = entry.link();
        String rest = link != null ? '\n' + link : entry.text().isBlank() ? "" : "\n\n" + entry.text();
        return entry.title() + rest;
    }

    /** Asked for is what to say only where it may be said, as far as one sees now: whether it may is decided with the message. */
    private CompletionStage<Outcome<Receipt>> said(
            OperatorId by,
            ChatId id,
            Operation as,
            String commandId,
            String content,
            Function<Chat, Outcome<String>> asked) {
        Outcome<String> words;
        try {
            Chat chat = heads.find(id).orElse(null);
            Refusal refusal = chat == null
                    ? Access.denied(Operation.KNOW_CHAT)
                    : ChatRules.refusal(chat, as, by, presence, time.now()).orElse(null);
            // Who is not the owner now may be by then: what they say is looked at all the same.
            words = chat == null || (refusal != null && as != Operation.SAY)
                    ? Outcome.refused(Objects.requireNonNull(refusal))
                    : asked.apply(chat);
        } catch (StoreException away) {
            return commands.refused(StoreTrouble.refusal(away));
        }
        ChatCommand command = new ChatCommand.Say(
                Author.operator(by),
                Audience.PATRON_AND_STAFF,
                words.value().orElse(UNSAID),
                as,
                words.refusal().orElse(null));
        return commands.command(id, command, Commands.scope(by), commandId, content);
    }

    private Outcome<String> looked(OperatorId by, Chat chat, String text, boolean release) {
        Outcome<List<String>> left = watch.givenAway(chat.home(), text, null)
                .flatMap(
                        entries -> release && !entries.isEmpty() ? released(by, chat, entries) : Outcome.done(entries));
        return unlessSecret(text, left);
    }

    private static Outcome<String> unlessSecret(String text, Outcome<List<String>> givenAway) {
        return givenAway.flatMap(entries -> entries.isEmpty()
                ? Outcome.done(text)
                : Outcome.refused(
                        RefusalCode.STAFFING_SECRET,
                        "entry " + entries.get(0)
                                + " of the staffing FAQ stands in it; release it if the patron is to have it"));
    }

    /** Nothing is given away any more once the release is on record. */
    private Outcome<List<String>> released(OperatorId by, Chat chat, List<String> entries) {
        List<Deed> deeds = entries.stream()
                .map(entry -> new Deed(Who.operator(by), Operation.RELEASE_STAFFING, Concerned.entry(entry, chat.id())))
                .toList();
        return audit.revealed(deeds, chat.home()).map(recorded -> List.of());
    }
}
