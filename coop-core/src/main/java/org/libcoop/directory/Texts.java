package org.libcoop.directory;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a widget says to the patron (W7), as plain text, never as markup.
 *
 * <p>Each text has 1 to {@value #MAX_LENGTH} characters, may have several lines, and is not blank. {@code {operator}}
 * and {@code {institution}} stand for who answers, in the two greetings only; elsewhere they are refused, since nobody
 * answers yet or any more. A greeting without placeholders is neutral. Immutable.
 */
public record Texts(
        String greetingOwn, String greetingCoop, String waiting, String stillWaiting, String offline, String ended) {

    /** The most characters of one text. */
    public static final int MAX_LENGTH = 2000;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(operator|institution)\\}");

    private static final Texts DEFAULTS = new Texts(
            "Hello, this is {operator}. How can I help?",
            "Hello, this is {operator} of {institution}, answering for your library. How can I help?",
            "Thank you. A librarian will be with you in a moment.",
            "We are still looking for a librarian. You can go on waiting, or leave your question for an answer by email.",
            "Nobody is here to chat right now. Search our answers, or leave your question for an answer by email.",
            "This chat has ended. Thank you for your question.");

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if a text is blank or too long, or one that is no greeting has a placeholder
     */
    public Texts {
        Check.text("greetingOwn", greetingOwn, MAX_LENGTH);
        Check.text("greetingCoop", greetingCoop, MAX_LENGTH);
        noPlaceholder("waiting", waiting);
        noPlaceholder("stillWaiting", stillWaiting);
        noPlaceholder("offline", offline);
        noPlaceholder("ended", ended);
    }

    /** Returns the English defaults. */
    public static Texts defaults() {
        return DEFAULTS;
    }

    /**
     * Returns the greeting with the names filled in (C3). A name that looks like a placeholder itself stays as it is.
     *
     * @param own whether the owner is of the patron's home institution
     */
    public String greeting(boolean own, String operator, String institution) {
        Map<String, String> names = Map.of("operator", operator, "institution", institution);
        return PLACEHOLDER
                .matcher(own ? greetingOwn : greetingCoop)
                .replaceAll(found -> Matcher.quoteReplacement(names.getOrDefault(found.group(1), "")));
    }

    /** Returns these texts with another greeting for when an own librarian answers. */
    public Texts withGreetingOwn(String text) {
        return new Texts(text, greetingCoop, waiting, stillWaiting, offline, ended);
    }

    /** Returns these texts with another greeting for when a co-op librarian answers. */
    public Texts withGreetingCoop(String text) {
        return new Texts(greetingOwn, text, waiting, stillWaiting, offline, ended);
    }

    /** Returns these texts with another line for the start of waiting. */
    public Texts withWaiting(String text) {
        return new Texts(greetingOwn, greetingCoop, text, stillWaiting, offline, ended);
    }

    /** Returns these texts with another line for the notice after {@code unansweredAfter} (R17). */
    public Texts withStillWaiting(String text) {
        return new Texts(greetingOwn, greetingCoop, waiting, text, offline, ended);
    }

    /** Returns these texts with another line for an offline widget (W5). */
    public Texts withOffline(String text) {
        return new Texts(greetingOwn, greetingCoop, waiting, stillWaiting, text, ended);
    }

    /** Returns these texts with another line for the end of a chat. */
    public Texts withEnded(String text) {
        return new Texts(greetingOwn, greetingCoop, waiting, stillWaiting, offline, text);
    }

    private static void noPlaceholder(String name, String text) {
        Check.text(name, text, MAX_LENGTH);
        Matcher found = PLACEHOLDER.matcher(text);
        if (found.find()) {
            throw new IllegalArgumentException(
                    "%s \"%s\" has the placeholder %s, which only a greeting has".formatted(name, text, found.group()));
        }
    }
}
