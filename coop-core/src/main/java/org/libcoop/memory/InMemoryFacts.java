package org.libcoop.memory;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.libcoop.annotation.Beta;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Stage;
import org.libcoop.presence.Times;
import org.libcoop.report.ChatFact;
import org.libcoop.report.FactQuery;
import org.libcoop.report.Part;
import org.libcoop.report.PartTallies;
import org.libcoop.report.StaffedHours;
import org.libcoop.report.StaffedQuery;
import org.libcoop.report.StaffedTime;
import org.libcoop.report.Timetable;
import org.libcoop.spi.Facts;

/**
 * Facts in memory, counted one by one: for tests, demos, and a first look. It forgets everything with the process. Several engines of
 * one process may share it. <em>Safe for use by several threads.</em>
 */
@Beta
public final class InMemoryFacts implements Facts {

    private record Shift(Stage stage, InstitutionId institution) {}

    private final Map<ChatId, ChatFact> facts = new HashMap<>();
    private final Map<Shift, Times> staffed = new HashMap<>();

    /** Nothing kept yet. */
    public InMemoryFacts() {}

    @Override
    public synchronized void keep(List<ChatFact> brought) {
        brought.forEach(fact -> facts.merge(fact.chat(), fact, ChatFact::merge));
    }

    @Override
    public synchronized Optional<ChatFact> fact(ChatId chat) {
        return Optional.ofNullable(facts.get(chat));
    }

    @Override
    public Timetable timetable(FactQuery query, ZoneId zone) {
        Timetable.Sum sum = new Timetable.Sum(zone);
        each(query, sum::add);
        return sum.timetable();
    }

    @Override
    public PartTallies parts(FactQuery query, Part part, int most) {
        PartTallies.Sum sum = new PartTallies.Sum(part);
        each(query, sum::add);
        return sum.tallies(most);
    }

    private synchronized void each(FactQuery query, Consumer<ChatFact> action) {
        facts.values().stream().filter(query::asksFor).forEach(action);
    }

    @Override
    public synchronized void keepStaffed(List<StaffedTime> brought) {
        brought.forEach(
                time -> staffed.computeIfAbsent(new Shift(time.stage(), time.institution()), first -> new Times())
                        .add(time.from(), time.to()));
    }

    @Override
    public StaffedHours staffed(StaffedQuery query, ZoneId zone) {
        StaffedHours.Sum sum = new StaffedHours.Sum(query);
        synchronized (this) {
            staffed.forEach((shift, times) ->
                    times.each((from, to) -> sum.add(new StaffedTime(shift.stage(), shift.institution(), from, to))));
        }
        return sum.hours(zone);
    }

    /** Nothing is kept beside the facts. */
    @Override
    public void recount() {}

    @Override
    public void close() {}
}
