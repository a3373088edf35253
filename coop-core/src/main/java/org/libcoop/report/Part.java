package org.libcoop.report;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;
import org.libcoop.directory.CoopId;

/** By what the chats of a report are told apart (S2, S3, S7). */
@Beta
public enum Part {
    /** The patron's institution. */
    HOME,
    /** The last owner's institution. */
    ANSWERED_BY,
    /** The last owner. */
    OPERATOR,
    /** The co-op it was answered through. */
    COOP,
    /** The widget. */
    WIDGET,
    /** The host the patron came from. */
    HOST,
    /** The page the patron came from: host and path. */
    PAGE,
    /** The patron's browser. */
    BROWSER,
    /** The patron's operating system. */
    SYSTEM;

    /** What a chat is of; null where it is of none, or that is not known. */
    public @Nullable String of(ChatFact fact) {
        Optional<ChatFact.Answer> answer = Optional.ofNullable(fact.answer());
        return switch (this) {
            case HOME -> fact.home().value();
            case ANSWERED_BY -> answer.map(who -> who.institution().value()).orElse(null);
            case OPERATOR -> answer.map(who -> who.operator().value()).orElse(null);
            case COOP ->
                answer.flatMap(ChatFact.Answer::coop).map(CoopId::value).orElse(null);
            case WIDGET -> fact.widget().value();
            case HOST -> fact.source().host();
            case PAGE -> fact.source().page();
            case BROWSER -> fact.source().browser();
            case SYSTEM -> fact.source().system();
        };
    }

    /** Its name as it is written in tables, addresses and databases: small letters and hyphens, never changed. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The part of this {@link #word}; empty if there is none. */
    public static Optional<Part> ofWord(String word) {
        return Stream.of(values()).filter(part -> part.word().equals(word)).findFirst();
    }
}
