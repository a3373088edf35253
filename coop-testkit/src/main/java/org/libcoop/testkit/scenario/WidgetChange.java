package org.libcoop.testkit.scenario;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.libcoop.access.Accounts;
import org.libcoop.directory.Directory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Texts;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.refusal.RefusedException;

/**
 * What a step saves of a widget: the rest stays as it is when the step is done. <em>Immutable.</em>
 *
 * @param institution the home institution; null leaves it
 */
record WidgetChange(WidgetId widget, @Nullable InstitutionId institution, List<Setting> settings) {

    WidgetChange {
        settings = List.copyOf(settings);
    }

    /** One key; the widget's texts before are there for those it keeps. */
    record Setting(String key, BiFunction<Widget.Builder, Texts, Widget.Builder> set) {
        Widget.Builder on(Widget.Builder widget, Texts before) {
            return set.apply(widget, before);
        }
    }

    /**
     * The widget to be saved. A value out of bounds is a refusal as it would be over the wire: {@code invalid}, or what {@code by}
     * hears who may not save this widget at all.
     *
     * @param by who is to save it; null for the host
     */
    Widget on(Directory directory, @Nullable OperatorId by) {
        Widget known = directory.widget(widget).orElse(null);
        InstitutionId home = institution != null ? institution : known == null ? null : known.institution();
        if (home == null) {
            throw new IllegalStateException("there is no widget " + widget + ": its first save was refused");
        }
        Widget.Builder changed =
                known == null ? Widget.builder(widget, home) : known.toBuilder().institution(home);
        Texts before = known == null ? Texts.defaults() : known.texts();
        try {
            settings.forEach(setting -> setting.on(changed, before));
            return changed.build();
        } catch (IllegalArgumentException outOfBounds) {
            Refusal invalid = Refusal.of(RefusalCode.INVALID, String.valueOf(outOfBounds.getMessage()));
            throw new RefusedException(
                    by == null ? invalid : denied(directory, by, home).orElse(invalid));
        }
    }

    private Optional<Refusal> denied(Directory directory, OperatorId by, InstitutionId home) {
        Widget plain = Widget.builder(widget, home).route(Option.operator(by)).build();
        return Accounts.saveWidget(directory, by, plain).refusal();
    }
}
