package org.libcoop.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.libcoop.ProjectTree;
import org.libcoop.chat.StateMachine.Row;

/** The checked-in reference page is what the code does. */
class StateMachineDocTest {

    @Test
    void theReferencePageSaysWhatTheCodeDoes() throws IOException {
        // What a row expects is what the page says: first make sure that it is also what happens.
        for (Row row : StateMachine.rows()) {
            Story story = row.play();
            assertThat(story.refusal().orElse(null)).as("%s", row).isEqualTo(row.refusal());
            assertThat(story.happened()).as("%s", row).isEqualTo(row.events());
            assertThat(story.phase()).as("%s", row).isEqualTo(row.then());
        }
        Path page = ProjectTree.root().resolve("docs/reference/state-machine.md");
        String made = StateMachinePage.markdown();
        if (Boolean.getBoolean("coop.docs.write")) {
            Files.writeString(page, made);
        }

        assertThat(Files.exists(page) ? ProjectTree.text(page) : "")
                .as(
                        "docs/reference/state-machine.md is not what the code does any more; write it anew with\n%s\n",
                        StateMachinePage.COMMAND)
                .isEqualTo(made);
    }
}
