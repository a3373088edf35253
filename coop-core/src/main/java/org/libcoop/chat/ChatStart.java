package org.libcoop.chat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libcoop.chat.ChatEvent.ChatStarted;
import org.libcoop.chat.ChatEvent.MessageSaid;
import org.libcoop.directory.BlockScope;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.FormField;
import org.libcoop.directory.Policies;
import org.libcoop.directory.Widget;
import org.libcoop.presence.Presence;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.routing.RoutePlan;
import org.libcoop.routing.Routing;

/** How a chat begins (W5, W6, R1, C15): refused with the offline offer when nobody is there, and then no chat exists. */
final class ChatStart {

    private ChatStart() {}

    static Decision decide(@Nullable Chat existing, ChatCommand.Start start, Presence world, Instant now) {
        if (existing != null) {
            return existing.patronKeyHash().equals(start.patronKeyHash())
                    ? new Decision(existing, List.of(), Optional.empty())
                    : refused(RefusalCode.INVALID, "there is a chat of that id");
        }
        Widget widget = world.directory().widget(start.widget()).orElse(null);
        if (widget == null) {
            return refused(RefusalCode.NOT_FOUND, "there is no such widget");
        }
        Refusal invalid = invalid(widget, start, world.directory().policies());
        if (invalid != null) {
            return new Decision(null, List.of(), Optional.of(invalid));
        }
        RoutePlan plan = RoutePlan.of(world.directory(), widget, now, blockedIn(widget, start, world, now));
        if (isBlocked(widget, start, world, now) || !Routing.online(plan, now, world)) {
            return refused(RefusalCode.WIDGET_OFFLINE, widget.texts().offline());
        }
        Logged first = new Logged(
                1, now, new ChatStarted(widget.id(), plan, start.patronKeyHash(), start.node()), start.patron());
        Course course = Course.begun(start.chat(), first, world, now);
        course.opens(Routing.begin(plan, now, world), null);
        String question = start.question();
        if (question != null && !question.isBlank()) {
            course.happens(
                    now, new MessageSaid(Author.patron(), Audience.PATRON_AND_STAFF), new Content.Text(question));
        }
        course.toPresent(null);
        return course.accepted();
    }

    /** C15: refused as an offline widget refuses, so that nobody learns of the block. */
    private static boolean isBlocked(Widget widget, ChatCommand.Start start, Presence world, Instant now) {
        BlockScope home = BlockScope.of(widget.institution());
        return world.directory().blocked(home, start.patronKeyHash(), start.addressDigest(), now);
    }

    /** C15: the co-ops that this patron's chats go past. */
    private static Set<CoopId> blockedIn(Widget widget, ChatCommand.Start start, Presence world, Instant now) {
        return world.directory().blockedIn(widget.institution(), start.patronKeyHash(), start.addressDigest(), now);
    }

    private static @Nullable Refusal invalid(Widget widget, ChatCommand.Start start, Policies policies) {
        Content.PatronDetails patron = start.patron();
        String wrong = missing(widget, start);
        if (wrong == null) {
            wrong = tooLong("name", patron.name(), policies.nameLimit());
        }
        if (wrong == null) {
            wrong = tooLong("email", patron.email(), policies.urlLimit());
        }
        if (wrong == null) {
            wrong = tooLong("referrer", patron.referrer(), policies.urlLimit());
        }
        if (wrong == null) {
            wrong = tooLong("userAgent", patron.userAgent(), policies.urlLimit());
        }
        if (wrong == null) {
            wrong = tooLong("address", patron.address(), Content.PatronDetails.ADDRESS_LIMIT);
        }
        if (wrong == null) {
            wrong = tooLong("question", start.question(), policies.messageLimit());
        }
        return wrong == null ? null : Refusal.of(RefusalCode.INVALID, wrong);
    }

    /** W6: what the widget requires and the patron did not give. */
    private static @Nullable String missing(Widget widget, ChatCommand.Start start) {
        if (required(widget.nameField(), start.patron().name())) {
            return "a name is required";
        }
        if (required(widget.emailField(), start.patron().email())) {
            return "an email address is required";
        }
        if (required(widget.questionField(), start.question())) {
            return "a question is required";
        }
        return widget.consentRequired() && !start.patron().consented() ? "consent is required" : null;
    }

    private static boolean required(FormField field, @Nullable String given) {
        return field == FormField.REQUIRED && (given == null || given.isBlank());
    }

    private static @Nullable String tooLong(String field, @Nullable String value, int limit) {
        return value != null && value.length() > limit
                ? field + " has " + value.length() + " characters; at most " + limit + " are allowed"
                : null;
    }

    private static Decision refused(RefusalCode code, String message) {
        return new Decision(null, List.of(), Optional.of(Refusal.of(code, message)));
    }
}
