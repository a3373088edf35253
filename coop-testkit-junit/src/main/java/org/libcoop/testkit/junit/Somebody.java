package org.libcoop.testkit.junit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.libcoop.directory.OperatorId;
import org.libcoop.spi.Principal;

/** The people of the {@link AccessScene}, each of another standing. */
enum Somebody {
    ANA("at the home desk, who gets to own the chat"),
    BEA("eligible at the home desk"),
    TIM("at the home desk and at the limit"),
    OTTO("home staff online, to whom the chat gets offered"),
    HAL("home staff not there"),
    LEA("the home library's local admin"),
    IRA("the home library's INSTITUTION_ADMIN"),
    NAT("of the home desk without the chat switch"),
    OLGA("eligible in the co-op"),
    PIA("of the co-op, the past owner after a transfer"),
    REX("of the co-op, after a transfer notified once and without an account"),
    INA("a partner's INSTITUTION_ADMIN"),
    LEE("a partner's local admin"),
    CORA("the co-op's COOP_ADMIN"),
    MAYA("backup staff on duty whose stage is not open yet"),
    MAX("the local admin of the backup staff's institution"),
    NORA("with an account in a NON_CONTRIBUTING member"),
    FRED("with a COOP_ADMIN's account of an ended membership"),
    MEL("another co-op's COOP_ADMIN"),
    SVEN("of a library that has nothing to do with it"),
    STEWART(Role.PATRON, "the chat's patron"),
    PAULA(Role.PATRON, "another patron"),
    HOST(Role.HOST, "the host");

    /** As what somebody comes. */
    enum Role {
        OPERATOR,
        PATRON,
        HOST
    }

    private final Role role;
    private final String words;

    Somebody(String words) {
        this(Role.OPERATOR, words);
    }

    Somebody(Role role, String words) {
        this.role = role;
        this.words = words;
    }

    Role role() {
        return role;
    }

    /** The text of the id. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    OperatorId operator() {
        return OperatorId.of(id());
    }

    /** The key of a patron. */
    Principal.OfPatron patron() {
        return new Principal.OfPatron("the secret that only the browser has of " + id());
    }

    Principal principal() {
        return role == Role.PATRON ? patron() : new Principal.OfOperator(operator());
    }

    static List<Somebody> of(Role role) {
        return Arrays.stream(values()).filter(one -> one.role == role).toList();
    }

    @Override
    public String toString() {
        return id() + ", " + words;
    }
}
