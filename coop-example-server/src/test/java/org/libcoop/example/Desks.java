package org.libcoop.example;

import static org.libcoop.example.StaffServlet.done;

import org.libcoop.CoopEngine;
import org.libcoop.OperatorSession;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Stage;

/** Operators at work, without a page. */
final class Desks {

    private Desks() {}

    /** An operator who is signed in and monitors whatever there is for them. */
    static OperatorSession atWork(CoopEngine engine, String operator) {
        OperatorId who = OperatorId.of(operator);
        OperatorSession session = engine.connectOperator(who, notice -> {}).orElseThrow();
        done(session.signIn()).orElseThrow();
        for (Stage stage : engine.directory().stagesOf(who)) {
            done(session.monitor(stage.option(), true)).orElseThrow();
        }
        return session;
    }
}
