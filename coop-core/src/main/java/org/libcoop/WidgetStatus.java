package org.libcoop;

import java.util.Objects;
import org.libcoop.directory.Widget;

/** A widget and whether it is online now (W3). <em>Immutable.</em> */
public record WidgetStatus(Widget widget, boolean online) {

    public WidgetStatus {
        Objects.requireNonNull(widget, "widget");
    }
}
