package org.libcoop.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.libcoop.ProjectTree;

/** The checked-in page of the access table is what the code asks (A8). */
class AccessPageTest {

    private static final String COMMAND = "mvn -q -pl coop-core test -Dtest=AccessPageTest -Dcoop.docs.write=true";

    @Test
    void theReferencePageIsTheTable() throws IOException {
        Path page = ProjectTree.root().resolve("docs/reference/access.md");
        String made = AccessPage.markdown();
        if (Boolean.getBoolean("coop.docs.write")) {
            Files.writeString(page, made);
        }

        assertThat(Files.exists(page) ? ProjectTree.text(page) : "")
                .as("docs/reference/access.md is not the table any more; write it anew with\n%s\n", COMMAND)
                .isEqualTo(made);
    }
}
