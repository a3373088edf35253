package org.libcoop.testkit.proof;

import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.libcoop.chat.ChatId;
import org.libcoop.report.ChatFact;
import org.libcoop.report.FactQuery;
import org.libcoop.report.Part;
import org.libcoop.report.PartTallies;
import org.libcoop.report.StaffedHours;
import org.libcoop.report.StaffedQuery;
import org.libcoop.report.StaffedTime;
import org.libcoop.report.Timetable;
import org.libcoop.spi.Facts;
import org.libcoop.spi.StoreException;

/** Facts that ask others, and can be away. */
final class FactsProxy implements Facts {

    private final Facts facts;
    private boolean away;

    FactsProxy(Facts facts) {
        this.facts = Objects.requireNonNull(facts, "facts");
    }

    /** Whether they answer nobody from now on. */
    void away(boolean now) {
        this.away = now;
    }

    private Facts asked() {
        if (away) {
            throw new StoreException("the facts are away", false);
        }
        return facts;
    }

    @Override
    public void keep(List<ChatFact> brought) {
        asked().keep(brought);
    }

    @Override
    public Optional<ChatFact> fact(ChatId chat) {
        return asked().fact(chat);
    }

    @Override
    public Timetable timetable(FactQuery query, ZoneId zone) {
        return asked().timetable(query, zone);
    }

    @Override
    public PartTallies parts(FactQuery query, Part part, int most) {
        return asked().parts(query, part, most);
    }

    @Override
    public void keepStaffed(List<StaffedTime> times) {
        asked().keepStaffed(times);
    }

    @Override
    public StaffedHours staffed(StaffedQuery query, ZoneId zone) {
        return asked().staffed(query, zone);
    }

    @Override
    public void recount() {
        asked().recount();
    }

    @Override
    public void close() {
        facts.close();
    }
}
