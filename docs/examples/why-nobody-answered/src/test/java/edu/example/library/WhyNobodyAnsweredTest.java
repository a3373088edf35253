package edu.example.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.refusal.Outcome.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Content.PatronDetails;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.spi.Principal;

class WhyNobodyAnsweredTest {

    private final Directory directory = Directory.builder()
            .institution("springy", "Springy University", "America/New_York")
            .operator("ana", "springy", "Ana")
            .department("reference", "springy", "Reference", "ana")
            .institution("hill", "Hill College", "America/New_York")
            .operator("olga", "hill", "Olga")
            .localCoop("academic", "Academic Co-Op")
            .member("springy")
            .member("hill")
            .account("academic", "olga", Level.REGULAR)
            .widget("databases", "springy", widget -> widget.route(
                    Option.department("reference"), Option.coop("academic")))
            .build();

    @Test
    void theDeskWasEmptyAndTheOneOfTheCoopDidNotClaim() {
        try (CoopEngine engine = CoopEngine.builder().directory(directory).build()) {
            OperatorSession olga = engine.connectOperator(OperatorId.of("olga"), notice -> {}).orElseThrow();
            olga.signIn();
            olga.monitor(Option.coop("academic"), true);
            PatronSession patron = engine.connectPatron(
                            Principal.OfPatron.withNewKey(), "127.0.0.1", notice -> {})
                    .orElseThrow();
            ChatId chat = await(patron.startChat(WidgetId.of("databases"), PatronDetails.NONE, null))
                    .orElseThrow()
                    .chat();
            await(patron.leave()).orElseThrow();

            ByteArrayOutputStream told = new ByteArrayOutputStream();
            WhyNobodyAnswered.tell(engine, chat, new PrintStream(told, true, StandardCharsets.UTF_8));

            assertThat(told.toString(StandardCharsets.UTF_8))
                    .containsSubsequence(
                            "reference was asked (INITIAL): 0 there",
                            "ana not signed in",
                            "academic was asked (INITIAL): 1 there",
                            "olga was told",
                            "The patron left.");
        }
    }
}
