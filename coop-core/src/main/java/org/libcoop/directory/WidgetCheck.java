package org.libcoop.directory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.libcoop.directory.WidgetWarning.Kind;

/**
 * What about a widget is allowed and probably not meant (W8). An option that no time opens is no such thing: absence does (R5). Only
 * what absence cannot open either is warned of: what is in no route, or has nobody.
 */
final class WidgetCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Directory directory;
    private final Widget widget;
    private final List<WidgetWarning> warnings = new ArrayList<>();

    private WidgetCheck(Directory directory, Widget widget) {
        this.directory = directory;
        this.widget = widget;
    }

    static List<WidgetWarning> warnings(Directory directory, Widget widget) {
        WidgetCheck check = new WidgetCheck(directory, widget);
        check.fallback();
        widget.route().forEach(check::option);
        return List.copyOf(check.warnings);
    }

    private void fallback() {
        Duration wait = widget.timedFallback();
        boolean set = widget.explicitTimedFallback().isPresent();
        if (set && !wait.isZero() && !widget.hasCoopFallback()) {
            warn(Kind.FALLBACK_WITHOUT_COOP, "a timed fallback is set, but no co-op stands after the first option");
        }
        if (wait.compareTo(PATIENCE) > 0) {
            warn(
                    Kind.FALLBACK_ABOVE_PATIENCE,
                    "the timed fallback of " + Durations.format(wait) + " is above " + Durations.format(PATIENCE)
                            + ": few patrons wait that long");
        }
        long coops = widget.route().stream()
                .skip(1)
                .filter(option -> option.kind() == Option.Kind.COOP)
                .count();
        Duration giveUp = directory.policies().giveUpAfter();
        Duration sum = wait.multipliedBy(coops);
        if (coops > 0 && sum.compareTo(giveUp) >= 0) {
            warn(
                    Kind.FALLBACKS_BEYOND_GIVE_UP,
                    "the last co-op opens after " + Durations.format(sum) + ", but a chat is given up after "
                            + Durations.format(giveUp));
        }
    }

    private void option(Option option) {
        if (option instanceof Option.OfCoop shared) {
            Membership membership =
                    directory.membership(shared.coop(), widget.institution()).orElse(null);
            if (membership != null && membership.ended()) {
                warn(Kind.MEMBERSHIP_ENDED, "the membership in the co-op " + shared.coop() + " has ended");
                return;
            }
            if (membership != null && !membership.coverage().everCovers()) {
                warn(Kind.NEVER_COVERED, "the co-op " + shared.coop() + " is outside its coverage all week");
            }
        }
        boolean possible = directory.operatorsOf(Stage.of(option)).stream().anyMatch(this::enabled)
                || (option instanceof Option.OfCoop shared
                        && directory.operatorsOf(Stage.backup(shared.coop())).stream()
                                .anyMatch(this::enabled));
        if (!possible) {
            warn(Kind.NOBODY_POSSIBLE, "nobody could ever answer on " + option);
        }
    }

    private boolean enabled(OperatorId operator) {
        return directory.operator(operator).filter(Operator::chatEnabled).isPresent();
    }

    private void warn(Kind kind, String message) {
        warnings.add(new WidgetWarning(kind, message));
    }
}
