package org.libcoop.testkit.junit;

import static org.libcoop.access.Relation.ANSWERING_ADMIN;
import static org.libcoop.access.Relation.ANSWERING_COOP_ADMIN;
import static org.libcoop.access.Relation.COOP_OWNER;
import static org.libcoop.access.Relation.ELIGIBLE;
import static org.libcoop.access.Relation.HOME_ADMIN;
import static org.libcoop.access.Relation.HOME_OWNER;
import static org.libcoop.access.Relation.HOME_READER;
import static org.libcoop.access.Relation.HOME_STAFF;
import static org.libcoop.access.Relation.LAST_OWNER;
import static org.libcoop.access.Relation.OWNER;
import static org.libcoop.access.Relation.PAST_OWNER;
import static org.libcoop.access.Relation.PATRON;
import static org.libcoop.access.Relation.PROVIDER_ADMIN;
import static org.libcoop.access.Relation.REACHED;
import static org.libcoop.access.Relation.ROUTE_PLACE;
import static org.libcoop.testkit.junit.Somebody.ANA;
import static org.libcoop.testkit.junit.Somebody.BEA;
import static org.libcoop.testkit.junit.Somebody.CORA;
import static org.libcoop.testkit.junit.Somebody.HAL;
import static org.libcoop.testkit.junit.Somebody.INA;
import static org.libcoop.testkit.junit.Somebody.IRA;
import static org.libcoop.testkit.junit.Somebody.LEA;
import static org.libcoop.testkit.junit.Somebody.MAX;
import static org.libcoop.testkit.junit.Somebody.MAYA;
import static org.libcoop.testkit.junit.Somebody.NAT;
import static org.libcoop.testkit.junit.Somebody.NORA;
import static org.libcoop.testkit.junit.Somebody.OLGA;
import static org.libcoop.testkit.junit.Somebody.OTTO;
import static org.libcoop.testkit.junit.Somebody.PIA;
import static org.libcoop.testkit.junit.Somebody.REX;
import static org.libcoop.testkit.junit.Somebody.STEWART;
import static org.libcoop.testkit.junit.Somebody.TIM;

import java.util.Set;
import org.libcoop.access.Relation;

/** Where the chat stands, and what everybody is to it then. */
enum Situation {
    /** The desk and the co-op are open, the backup stage is not. */
    WAITING {
        @Override
        Standing facts() {
            return always().with(ELIGIBLE, ANA, BEA, OLGA).with(REACHED, ANA, BEA, OLGA);
        }
    },
    /** Ana was faster. */
    CLAIMED {
        @Override
        Standing facts() {
            return owned(ANA).with(REACHED, ANA, BEA, OLGA);
        }
    },
    /** Ana offers it to otto. */
    OFFERED {
        @Override
        Standing facts() {
            return CLAIMED.facts().with(Relation.OFFERED, OTTO).with(REACHED, OTTO);
        }
    },
    /** Pia claimed it, ana accepted it from her, and then the accounts of pia and rex were removed. */
    TRANSFERRED {
        @Override
        Standing facts() {
            return owned(ANA)
                    .with(PAST_OWNER, PIA)
                    .with(Relation.COOP_CHAT_OWNER, ANA)
                    .with(Relation.CLAIM_ADMIN, CORA)
                    .with(REACHED, ANA, BEA, OLGA, PIA, REX)
                    .without(ROUTE_PLACE, PIA, REX);
        }
    },
    /** Ana claimed it and signed out. */
    RETURNED {
        @Override
        Standing facts() {
            return CLAIMED.facts().without(OWNER, ANA).with(ELIGIBLE, BEA, OLGA);
        }
    },
    /** Ana ended it after the transfer. */
    OVER {
        @Override
        Standing facts() {
            return TRANSFERRED
                    .facts()
                    .without(OWNER, ANA)
                    .without(Relation.COOP_CHAT_OWNER, ANA)
                    .without(Relation.CLAIM_ADMIN, CORA)
                    .with(HOME_OWNER, ANA)
                    .with(ANSWERING_ADMIN, IRA, INA, CORA)
                    .with(ANSWERING_COOP_ADMIN, CORA);
        }
    },
    /** Maya ended it, whose stage came; the policy lets all home staff read. */
    OVER_BY_BACKUP {
        @Override
        Standing facts() {
            return always().with(LAST_OWNER, MAYA)
                    .with(PAST_OWNER, MAYA)
                    .with(REACHED, ANA, BEA, OLGA, MAYA)
                    .with(HOME_READER, ANA, BEA, TIM, OTTO, HAL, LEA, IRA, NAT)
                    .with(COOP_OWNER, MAYA)
                    .with(ANSWERING_COOP_ADMIN, CORA)
                    .with(PROVIDER_ADMIN, MAX);
        }
    };

    /** The table of this situation, which the caller may go on with. */
    abstract Standing facts();

    /** What nobody's doing changes. */
    private static Standing always() {
        return new Standing()
                .with(HOME_STAFF, ANA, BEA, TIM, OTTO, HAL, LEA, IRA, NAT)
                .with(ROUTE_PLACE, OLGA, PIA, REX, INA, CORA, IRA, NORA, MAYA)
                .with(HOME_ADMIN, LEA)
                .with(Relation.ROUTE_ADMIN, CORA)
                .with(PATRON, STEWART)
                .with(Relation.HOST, Somebody.HOST);
    }

    private static Standing owned(Somebody owner) {
        return always().with(OWNER, owner).with(LAST_OWNER, owner).with(PAST_OWNER, owner);
    }

    /** Those who were notified in the round that the claim ended: they hear {@code already-claimed} (C2). */
    Set<Somebody> tooLate() {
        return switch (this) {
            case WAITING, RETURNED, OVER, OVER_BY_BACKUP -> Set.of();
            case CLAIMED, OFFERED -> Set.of(BEA, OLGA);
            case TRANSFERRED -> Set.of(BEA, OLGA, PIA, REX);
        };
    }

    /** Those who would be eligible but for the limit of open chats (C12). */
    Set<Somebody> full() {
        return this == WAITING || this == RETURNED ? Set.of(TIM) : Set.of();
    }

    boolean over() {
        return this == OVER || this == OVER_BY_BACKUP;
    }
}
