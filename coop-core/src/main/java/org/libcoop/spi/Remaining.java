package org.libcoop.spi;

import java.util.Objects;
import org.libcoop.directory.Stage;

/** How many others monitor a stage now, or are on duty on it: who is left there if the asker leaves (P6). <em>Immutable.</em> */
public record Remaining(Stage stage, int others) {

    public Remaining {
        Objects.requireNonNull(stage, "stage");
    }
}
