package edu.example.library;

import static org.libcoop.refusal.Outcome.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.PatronSession;
import org.libcoop.chat.Content.PatronDetails;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.Directory;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.WidgetId;
import org.libcoop.spi.Notice;
import org.libcoop.spi.Principal;

/** A chat that nobody at the patron's own library takes reaches a librarian of the co-op two seconds later. */
public final class FirstFallback {

    public static void main(String[] args) {
        Directory directory = Directory.builder()
                .institution("springy", "Springy University", "America/New_York")
                .operator("ana", "springy", "Ana")
                .department("reference", "springy", "Reference", "ana")
                .institution("hill", "Hill College", "America/New_York")
                .operator("olga", "hill", "Olga")
                .globalCoop("academic", "Academic Co-Op")
                .member("springy")
                .member("hill")
                .account("academic", "olga", Level.REGULAR)
                .widget("databases", "springy", widget -> widget.route(
                                Option.department("reference"), Option.coop("academic"))
                        .timedFallback(Duration.ofSeconds(2)))
                .build();
        CompletableFuture<Notice.Listed> reached = new CompletableFuture<>();
        try (CoopEngine engine = CoopEngine.builder().directory(directory).build()) {
            OperatorSession ana = engine.connectOperator(OperatorId.of("ana"), notice -> {}).orElseThrow();
            OperatorSession olga = engine.connectOperator(OperatorId.of("olga"), notice -> {
                        if (notice instanceof Notice.Listed listed) {
                            reached.complete(listed);
                        }
                    })
                    .orElseThrow();
            PatronSession patron = engine.connectPatron(
                            Principal.OfPatron.withNewKey(), "127.0.0.1", notice -> {})
                    .orElseThrow();

            ana.signIn();
            ana.monitor(Option.department("reference"), true);
            olga.signIn();
            olga.monitor(Option.coop("academic"), true);
            patron.startChat(WidgetId.of("databases"), PatronDetails.NONE, "Where do I find newspapers?");

            Notice.ChatSummary chat = reached.join().chat(); // two seconds later
            await(olga.claim(chat.chat())).orElseThrow();
            System.out.println("Olga answers: " + chat.question());
        }
    }
}
