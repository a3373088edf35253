package org.libcoop.directory;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chat widget of an institution: where its chats go, and what it shows and asks (W1 to W7).
 *
 * <p>What the widget itself can check is checked when it is built. What takes the rest of the directory, the same
 * option twice among it, is checked with the directory as a whole (D10). Immutable; equal when everything in it is
 * equal.
 */
public final class Widget implements LibraryRecord {

    /** The most options of a route. */
    public static final int MAX_ROUTE = 20;

    /** The most origins. */
    public static final int MAX_ORIGINS = 100;

    /** The longest timed fallback: one hour (W2). */
    public static final Duration MAX_TIMED_FALLBACK = Duration.ofHours(1);

    /** The timed fallback of a widget that sets none but has a co-op after its first option: 30 s (W2). */
    public static final Duration DEFAULT_TIMED_FALLBACK = Duration.ofSeconds(30);

    /** The most characters of a privacy notice. */
    public static final int MAX_PRIVACY_NOTICE_LENGTH = 10_000;

    private final WidgetId id;
    private final InstitutionId institution;
    private final String name;
    private final @Nullable OperatorId owner;
    private final List<Option> route;
    private final @Nullable Duration explicitTimedFallback;
    private final List<String> origins;
    private final FormField nameField;
    private final FormField emailField;
    private final FormField questionField;
    private final @Nullable String privacyNotice;
    private final boolean consentRequired;
    private final Texts texts;

    private Widget(Builder builder) {
        id = builder.id;
        institution = builder.institution;
        name = builder.name;
        owner = builder.owner;
        route = builder.route;
        explicitTimedFallback = builder.timedFallback;
        origins = builder.origins;
        nameField = builder.nameField;
        emailField = builder.emailField;
        questionField = builder.questionField;
        privacyNotice = builder.privacyNotice;
        consentRequired = builder.consentRequired;
        texts = builder.texts;
    }

    /** Returns a builder of a widget with this id and home institution; its name is the id until one is given. */
    public static Builder builder(WidgetId id, InstitutionId institution) {
        return new Builder(id, institution);
    }

    /** Returns a builder of a widget with this id and home institution; its name is the id until one is given. */
    public static Builder builder(String id, String institution) {
        return new Builder(new WidgetId(id), new InstitutionId(institution));
    }

    /** Returns a builder that starts from this widget. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns the id. */
    public WidgetId id() {
        return id;
    }

    /** Returns the home institution of its patrons. */
    public InstitutionId institution() {
        return institution;
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /** Returns the operator whose personal widget this is, if it is one. */
    public Optional<OperatorId> owner() {
        return Optional.ofNullable(owner);
    }

    /** Returns the initial option and the fallback options, in order; at least one. */
    public List<Option> route() {
        return route;
    }

    /** Returns the timed fallback as it was set, if it was; {@link #timedFallback()} is what holds. */
    public Optional<Duration> explicitTimedFallback() {
        return Optional.ofNullable(explicitTimedFallback);
    }

    /**
     * Returns the timed fallback that holds, in whole seconds; zero disables it (W2). It is what was set, else 30 s
     * where a co-op stands after the first option, else zero.
     */
    public Duration timedFallback() {
        if (explicitTimedFallback != null) {
            return explicitTimedFallback;
        }
        return hasCoopFallback() ? DEFAULT_TIMED_FALLBACK : Duration.ZERO;
    }

    /** Returns whether a co-op stands after the first option, so that a timed fallback has something to open. */
    public boolean hasCoopFallback() {
        return route.stream().skip(1).anyMatch(option -> option.kind() == Option.Kind.COOP);
    }

    /**
     * Returns the origins that may embed the widget, in the form browsers send; empty means the host's own only (W1).
     */
    public List<String> origins() {
        return origins;
    }

    /** Returns whether the patron is asked for a name (W6). */
    public FormField nameField() {
        return nameField;
    }

    /** Returns whether the patron is asked for an email address (W6). */
    public FormField emailField() {
        return emailField;
    }

    /** Returns whether the patron is asked for an initial question (W6). */
    public FormField questionField() {
        return questionField;
    }

    /** Returns the privacy notice, if one is shown (W6). */
    public Optional<String> privacyNotice() {
        return Optional.ofNullable(privacyNotice);
    }

    /** Returns whether the patron has to consent to the privacy notice before the chat (W6). */
    public boolean consentRequired() {
        return consentRequired;
    }

    /** Returns the texts (W7). */
    public Texts texts() {
        return texts;
    }

    @Override
    public RecordKey key() {
        return RecordKey.of(id);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Widget widget && parts().equals(widget.parts());
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** Returns the id and the route, for people. */
    @Override
    public String toString() {
        return "Widget[" + id + " of " + institution + ", route=" + route + ", timedFallback="
                + Durations.format(timedFallback()) + "]";
    }

    private List<@Nullable Object> parts() {
        List<@Nullable Object> parts = new ArrayList<>();
        parts.add(id);
        parts.add(institution);
        parts.add(name);
        parts.add(owner);
        parts.add(route);
        parts.add(explicitTimedFallback);
        parts.add(origins);
        parts.add(nameField);
        parts.add(emailField);
        parts.add(questionField);
        parts.add(privacyNotice);
        parts.add(consentRequired);
        parts.add(texts);
        return parts;
    }

    /** Builds a widget; every setter checks its own bounds at once. One thread at a time. */
    public static final class Builder {

        private final WidgetId id;
        private InstitutionId institution;
        private String name;
        private @Nullable OperatorId owner;
        private List<Option> route = List.of();
        private @Nullable Duration timedFallback;
        private List<String> origins = List.of();
        private FormField nameField = FormField.OPTIONAL;
        private FormField emailField = FormField.OPTIONAL;
        private FormField questionField = FormField.OPTIONAL;
        private @Nullable String privacyNotice;
        private boolean consentRequired;
        private Texts texts = Texts.defaults();

        private Builder(WidgetId id, InstitutionId institution) {
            this.id = requireNonNull(id, "id");
            this.institution = requireNonNull(institution, "institution");
            this.name = id.value();
        }

        private Builder(Widget widget) {
            id = widget.id;
            institution = widget.institution;
            name = widget.name;
            owner = widget.owner;
            route = widget.route;
            timedFallback = widget.explicitTimedFallback;
            origins = widget.origins;
            nameField = widget.nameField;
            emailField = widget.emailField;
            questionField = widget.questionField;
            privacyNotice = widget.privacyNotice;
            consentRequired = widget.consentRequired;
            texts = widget.texts;
        }

        /** Moves it to another home institution. */
        public Builder institution(InstitutionId value) {
            institution = requireNonNull(value, "institution");
            return this;
        }

        /** Sets the name: 1 to 200 characters on one line. */
        public Builder name(String value) {
            name = Check.name("widget name", value);
            return this;
        }

        /** Makes it the personal widget of an operator, or of nobody with {@code null}. */
        public Builder owner(@Nullable OperatorId value) {
            owner = value;
            return this;
        }

        /** Makes it the personal widget of an operator. */
        public Builder owner(String value) {
            return owner(new OperatorId(value));
        }

        /** Sets the route: the initial option, then the fallback options in order. */
        public Builder route(Option... options) {
            return route(List.of(options));
        }

        /** Sets the route: the initial option, then the fallback options in order; 1 to {@value Widget#MAX_ROUTE}. */
        public Builder route(List<Option> options) {
            if (options.isEmpty() || options.size() > MAX_ROUTE) {
                throw new IllegalArgumentException("the route of widget %s has %d options, expected 1 to %d"
                        .formatted(id, options.size(), MAX_ROUTE));
            }
            route = List.copyOf(options);
            return this;
        }

        /**
         * Sets the timed fallback: whole seconds from 0 to 3600, 0 to disable it; {@code null} goes back to the default
         * (W2).
         */
        public Builder timedFallback(@Nullable Duration value) {
            if (value != null) {
                Check.between("timedFallback", value, Duration.ZERO, MAX_TIMED_FALLBACK);
                if (!value.equals(value.truncatedTo(ChronoUnit.SECONDS))) {
                    throw new IllegalArgumentException(
                            "timedFallback " + Durations.format(value) + " is not in whole seconds");
                }
            }
            timedFallback = value;
            return this;
        }

        /**
         * Sets the origins that may embed the widget, such as {@code https://library.example.edu}; none means the
         * host's own only.
         */
        public Builder origins(String... values) {
            return origins(List.of(values));
        }

        /**
         * Sets the origins that may embed the widget, at most {@value Widget#MAX_ORIGINS}; none means the host's own
         * only. Each is {@code http} or {@code https}, a host name in ASCII and perhaps a port, without path or
         * wildcard. They are kept as browsers send them: in lower case, without the scheme's own port; one given twice
         * is kept once.
         *
         * @throws IllegalArgumentException naming the text that is no origin
         */
        public Builder origins(List<String> values) {
            LinkedHashSet<String> kept = new LinkedHashSet<>();
            values.forEach(value -> kept.add(Origin.normalise(value)));
            if (kept.size() > MAX_ORIGINS) {
                throw new IllegalArgumentException(
                        "widget %s has %d origins, expected at most %d".formatted(id, kept.size(), MAX_ORIGINS));
            }
            origins = List.copyOf(kept);
            return this;
        }

        /** Sets whether the patron is asked for a name; optional by default (W6). */
        public Builder nameField(FormField value) {
            nameField = requireNonNull(value, "nameField");
            return this;
        }

        /** Sets whether the patron is asked for an email address; optional by default (W6). */
        public Builder emailField(FormField value) {
            emailField = requireNonNull(value, "emailField");
            return this;
        }

        /** Sets whether the patron is asked for an initial question; optional by default (W6). */
        public Builder questionField(FormField value) {
            questionField = requireNonNull(value, "questionField");
            return this;
        }

        /** Sets the privacy notice, or none with {@code null} (W6). */
        public Builder privacyNotice(@Nullable String value) {
            privacyNotice = value == null ? null : Check.text("privacyNotice", value, MAX_PRIVACY_NOTICE_LENGTH);
            return this;
        }

        /** Sets whether the patron has to consent to the privacy notice (W6). */
        public Builder consentRequired(boolean value) {
            consentRequired = value;
            return this;
        }

        /** Sets the texts (W7). */
        public Builder texts(Texts value) {
            texts = requireNonNull(value, "texts");
            return this;
        }

        /**
         * Returns the widget.
         *
         * @throws IllegalArgumentException if no route was set, or consent is asked for without a notice to consent to
         */
        public Widget build() {
            if (route.isEmpty()) {
                throw new IllegalArgumentException(
                        "the route of widget %s has 0 options, expected 1 to %d".formatted(id, MAX_ROUTE));
            }
            if (consentRequired && privacyNotice == null) {
                throw new IllegalArgumentException(
                        "widget " + id + " has consentRequired true without a privacyNotice to consent to");
            }
            return new Widget(this);
        }
    }
}
