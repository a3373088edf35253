package org.libcoop.memory;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.libcoop.annotation.Beta;
import org.libcoop.chat.ChatId;
import org.libcoop.report.ChatFact;
import org.libcoop.report.FactQuery;
import org.libcoop.report.Part;
import org.libcoop.report.PartTallies;
import org.libcoop.report.Timetable;
import org.libcoop.spi.Facts;

/**
 * Facts in memory, counted one by one: for tests, demos, and a first look. It forgets everything with the process. Several engines of
 * one process may share it. <em>Safe for use by several threads.</em>
 */
@Beta
public final class InMemoryFacts implements Facts {

    private final Map<ChatId, ChatFact> facts = new HashMap<>();

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

    /** Nothing is kept beside the facts. */
    @Override
    public void recount() {}

    @Override
    public void close() {}
}
