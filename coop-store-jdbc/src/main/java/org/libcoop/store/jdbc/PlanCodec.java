package org.libcoop.store.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Stage;
import org.libcoop.routing.RoutePlan;
import org.libcoop.routing.RoutePlan.Leg;

/** The route a chat takes along, as a part of its first entry (R15). */
final class PlanCodec {

    private PlanCodec() {}

    static void write(JsonGenerator out, RoutePlan plan) throws IOException {
        out.writeStringField("home", plan.home().value());
        out.writeArrayFieldStart("legs");
        for (Leg leg : plan.legs()) {
            out.writeStartObject();
            out.writeStringField("stage", Stages.text(leg.stage()));
            Stage backup = leg.backup();
            if (backup != null) {
                out.writeStringField("backup", Stages.text(backup));
            }
            if (!leg.backupDelay().isZero()) {
                Json.duration(out, "backup-delay", leg.backupDelay());
            }
            out.writeEndObject();
        }
        out.writeEndArray();
        Json.duration(out, "timed-fallback", plan.timedFallback());
        if (!plan.outsideCoverage().isEmpty()) {
            Json.texts(out, "outside", Stages.sorted(plan.outsideCoverage()));
        }
        if (!plan.blockedIn().isEmpty()) {
            Json.texts(
                    out,
                    "blocked",
                    plan.blockedIn().stream().map(CoopId::value).sorted().toList());
        }
    }

    private static Set<CoopId> coops(List<String> ids) {
        return ids.stream().map(CoopId::of).collect(Collectors.toUnmodifiableSet());
    }

    static RoutePlan read(StoredObject plan) {
        List<Leg> legs = new ArrayList<>();
        for (StoredObject leg : plan.objects("legs")) {
            legs.add(new Leg(
                    Stages.stage(leg.text("stage")),
                    leg.optional("backup", Stages::stage),
                    leg.has("backup-delay") ? leg.duration("backup-delay") : Duration.ZERO));
        }
        return new RoutePlan(
                InstitutionId.of(plan.text("home")),
                legs,
                plan.duration("timed-fallback"),
                plan.has("outside") ? Set.copyOf(Stages.options(plan.texts("outside"))) : Set.of(),
                plan.has("blocked") ? coops(plan.texts("blocked")) : Set.of());
    }
}
