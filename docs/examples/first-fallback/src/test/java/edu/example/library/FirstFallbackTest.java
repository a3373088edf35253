package edu.example.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FirstFallbackTest {

    @Test
    void theLibrarianOfTheCoopAnswersAfterTwoSeconds() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream console = System.out;
        Instant begin = Instant.now();

        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            FirstFallback.main(new String[0]);
        } finally {
            System.setOut(console);
        }

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Olga answers: Where do I find newspapers?");
        assertThat(Duration.between(begin, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }
}
