package edu.example.library;

import java.io.PrintStream;
import org.libcoop.CoopEngine;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Explanation;
import org.libcoop.chat.Explanation.Asked;
import org.libcoop.chat.MissedReason;
import org.libcoop.chat.Phase;

/** Tells why nobody answered a chat: which desks were asked when and why, who was there, and who was left out and why. */
public final class WhyNobodyAnswered {

    private WhyNobodyAnswered() {}

    public static void tell(CoopEngine engine, ChatId chat, PrintStream out) {
        Explanation explanation = engine.explain(chat).orElseThrow();
        explanation.chat().progress().plan().outsideCoverage().forEach(coop -> out.println(coop + " was outside its coverage"));
        for (Asked asked : explanation.asked()) {
            out.printf("%s  %s was asked (%s): %d there%n", asked.due(), asked.stage(), asked.cause(), asked.notified());
            asked.peopleThen().ifPresent(people -> {
                people.available().forEach(who -> out.println("    " + who + " was told"));
                people.leftOut().forEach((who, why) -> out.println("    " + who + " " + why.words()));
            });
        }
        if (explanation.chat().phase() instanceof Phase.Missed missed) {
            boolean left = missed.reason() == MissedReason.PATRON_LEFT;
            out.println(left ? "The patron left." : "Nobody claimed it in time.");
        }
    }
}
