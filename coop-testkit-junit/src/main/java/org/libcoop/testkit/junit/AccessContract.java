package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.libcoop.access.Access;
import org.libcoop.access.Operation;
import org.libcoop.access.TranscriptPath;
import org.libcoop.annotation.Beta;
import org.libcoop.chat.ChatId;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.AuditRecord;
import org.libcoop.spi.AuditRecord.Who;
import org.libcoop.talk.Room;
import org.libcoop.testkit.junit.AccessActor.Answer;
import org.libcoop.testkit.junit.Somebody.Role;

/**
 * What every way into the engine has to keep of who may do what (A8, A9): each {@link Operation} is tried by everybody of a little
 * library, on a chat that waits, is claimed, offered, transferred, returned and over, and on everything else that operations are on.
 * What comes of it has to be what the access table says of the relations that each of them has, which are written down here by hand. A
 * refusal changes nothing, and says of what one may not know the very same as of what does not exist.
 *
 * <p>A door's test extends it:
 *
 * <pre>{@code
 * class MyDoorAccessTest extends AccessContract {
 *     @Override
 *     protected AccessDoor open() {
 *         return new MyDoor();
 *     }
 * }
 * }</pre>
 *
 * <p>The engine is on a clock that stands still; what is asked has to be answered when the door's call returns. <em>One thread at a
 * time.</em>
 */
@Beta
public abstract class AccessContract {

    private final Map<Situation, AccessScene> scenes = new EnumMap<>(Situation.class);

    /** For the door's own test. */
    protected AccessContract() {}

    /** Opens a door for one new engine. */
    protected abstract AccessDoor open();

    @AfterEach
    void end() {
        scenes.values().forEach(AccessScene::close);
        scenes.clear();
    }

    // ---- Every cell

    @TestFactory
    Stream<DynamicContainer> whatIsTriedComesOutAsTheTableSays() {
        return inEachSituation(situation -> new Attempts(situation)
                .in().stream()
                        .map(attempt -> dynamicContainer(
                                attempt.name(),
                                Arrays.stream(Somebody.values())
                                        .map(who ->
                                                dynamicTest(who.toString(), () -> tried(situation, attempt, who))))));
    }

    private void tried(Situation situation, Attempt attempt, Somebody who) {
        inScene(situation, scene -> {
            AccessScene.Snapshot before = scene.snapshot();
            AccessActor actor = scene.actor(who);
            Optional<RefusalCode> expected = attempt.expected(situation, who);
            int known = scene.denials(0).size();

            Answer answer = attempt.act().apply(actor, scene.chat());

            if (!attempt.by().contains(who.role())) {
                assertHasNoWay(answer, RefusalCode.NOT_ALLOWED);
            } else if (who.role() != Role.HOST && scene.lacks(attempt.operation())) {
                assertHasNoWay(answer, RefusalCode.UNSUPPORTED);
            } else {
                assertAnswer(attempt, who, expected, answer);
                assertRecorded(attempt, who, answer, scene.denials(known));
                assertLooksLikeMissing(attempt, who, actor, answer);
            }
            if (!answer.tried() || answer.refusal() != null) {
                assertThat(scene.snapshot()).as("what a refusal leaves").isEqualTo(before);
            }
        });
    }

    /** The role has no way to try it, or the door has it for nobody. */
    private static void assertHasNoWay(Answer answer, RefusalCode code) {
        if (answer.tried()) {
            assertThat(answer.why().map(Refusal::code)).contains(code);
        }
    }

    private static void assertAnswer(Attempt attempt, Somebody who, Optional<RefusalCode> expected, Answer answer) {
        if (!answer.tried()) {
            // A patron's connection is about one chat, and cannot even name another's.
            assertThat(attempt.unnamed() || who.role() == Role.PATRON)
                    .as("who has no way to try it")
                    .isTrue();
            assertThat(expected).contains(attempt.deniedWith());
            return;
        }
        Optional<RefusalCode> code = answer.why().map(Refusal::code);
        if (attempt.operation() == attempt.knowing() && expected.isEmpty()) {
            assertThat(code).as("of what one may know of").isNotEqualTo(Optional.of(RefusalCode.NOT_FOUND));
        } else {
            assertThat(code).isEqualTo(expected);
        }
    }

    /** A denial leaves one record of who was denied what, and what is done leaves none. */
    private static void assertRecorded(Attempt attempt, Somebody who, Answer answer, List<AuditRecord> denials) {
        Refusal refusal = answer.refusal();
        Operation asked = attempt.asked();
        boolean ofPatron = who.role() == Role.PATRON;
        boolean denied =
                refusal != null && (ofPatron ? refusal.code() == RefusalCode.NOT_FOUND : Access.denies(asked, refusal));
        if (refusal == null || !denied) {
            assertThat(denials).as("denials of what was not denied").isEmpty();
            return;
        }
        assertThat(denials).as("records of the denial").singleElement().satisfies(record -> {
            assertThat(record.who()).isEqualTo(ofPatron ? Who.PATRON : Who.operator(who.operator()));
            assertThat(record.operation()).isEqualTo(asked);
            assertThat(record.code()).isEqualTo(refusal.code());
        });
    }

    /** A9: of a chat one may not know of, and of all else that the table forbids. */
    private static void assertLooksLikeMissing(Attempt attempt, Somebody who, AccessActor actor, Answer answer) {
        Refusal refusal = answer.refusal();
        boolean byTable = !attempt.besides().containsKey(who);
        if (refusal != null && byTable && (attempt.knowing() == null || refusal.code() == RefusalCode.NOT_FOUND)) {
            Answer missing = attempt.onMissing().apply(actor, AccessScene.MISSING);
            assertThat(missing.refusal())
                    .as("the answer of what does not exist")
                    .isEqualTo(refusal);
        }
    }

    // ---- What is not answered with a refusal

    @TestFactory
    Stream<DynamicContainer> theListsHoldWhatTheTableAllows() {
        return inEachSituation(situation -> Somebody.of(Role.OPERATOR).stream()
                .map(who -> dynamicTest(
                        who.toString(),
                        () -> inScene(situation, scene -> {
                            if (scene.lacks(Operation.PREVIEW)) {
                                return;
                            }
                            Standing facts = situation.facts();
                            boolean live = !situation.over();
                            AccessActor actor = scene.actor(who);
                            ChatId chat = scene.chat();

                            assertThat(actor.waiting().contains(chat))
                                    .as("listed as open")
                                    .isEqualTo(live && facts.allow(Operation.PREVIEW, who));
                            assertThat(actor.owned().contains(chat))
                                    .as("listed as one's own")
                                    .isEqualTo(live && facts.allow(Operation.NOTE, who));
                        }))));
    }

    @TestFactory
    Stream<DynamicContainer> transcriptsAreFoundByWhoMayReadThem() {
        return inEachSituation(situation -> Somebody.of(Role.OPERATOR).stream()
                .map(who -> dynamicTest(
                        who.toString(),
                        () -> inScene(situation, scene -> {
                            if (scene.lacks(Operation.READ_AT_HOME)) {
                                return;
                            }
                            Standing facts = situation.facts();
                            boolean atHome = situation.over() && facts.allow(Operation.READ_AT_HOME, who);
                            boolean ofCoop = situation.over() && facts.allow(Operation.READ_OF_COOP, who);
                            AccessActor actor = scene.actor(who);
                            ChatId chat = scene.chat();
                            TranscriptPath coop = TranscriptPath.coop(AccessScene.ACADEMIC);
                            TranscriptPath medical = TranscriptPath.coop(AccessScene.MEDICAL);

                            assertThat(actor.search(TranscriptPath.home()).contains(chat))
                                    .isEqualTo(atHome);
                            assertThat(actor.export(TranscriptPath.home()).contains(chat))
                                    .isEqualTo(atHome);
                            assertThat(actor.search(coop).contains(chat)).isEqualTo(ofCoop);
                            assertThat(actor.export(coop).contains(chat)).isEqualTo(ofCoop);
                            assertThat(actor.search(medical)).isEmpty();
                        }))));
    }

    @TestFactory
    Stream<DynamicContainer> feedbackIsFoundByWhoMayReadIt() {
        return inEachSituation(situation -> Somebody.of(Role.OPERATOR).stream()
                .map(who -> dynamicTest(
                        who.toString(),
                        () -> inScene(situation, scene -> {
                            if (scene.lacks(Operation.GIVE_FEEDBACK)) {
                                return;
                            }
                            Standing facts = situation.facts();
                            boolean atHome = situation.over() && facts.allow(Operation.GIVE_FEEDBACK, who);
                            boolean ofCoop = situation.over() && facts.allow(Operation.DISCUSS_FEEDBACK, who);
                            AccessActor actor = scene.actor(who);
                            ChatId chat = scene.chat();

                            assertThat(actor.chats(TranscriptPath.home()).contains(chat))
                                    .isEqualTo(atHome);
                            assertThat(actor.chats(TranscriptPath.coop(AccessScene.ACADEMIC))
                                            .contains(chat))
                                    .isEqualTo(ofCoop);
                            assertThat(actor.chats(TranscriptPath.coop(AccessScene.MEDICAL)))
                                    .isEmpty();
                        }))));
    }

    @TestFactory
    Stream<DynamicTest> theRoomsAreThoseThatOneIsIn() {
        return Somebody.of(Role.OPERATOR).stream()
                .map(who -> dynamicTest(
                        who.toString(),
                        () -> inScene(Situation.WAITING, scene -> {
                            if (scene.lacks(Operation.TALK)) {
                                return;
                            }
                            Set<Room> rooms = scene.actor(who).rooms();

                            Attempts.rooms()
                                    .forEach((room, facts) -> assertThat(rooms.contains(room))
                                            .as("%s", room)
                                            .isEqualTo(facts.allow(Operation.TALK, who)));
                        })));
    }

    @TestFactory
    Stream<DynamicContainer> thePatronLearnsOnlyOfTheOwnersTypingAndReading() {
        return inEachSituation(situation -> Somebody.of(Role.OPERATOR).stream()
                .map(who -> dynamicTest(
                        who.toString(),
                        () -> inScene(situation, scene -> {
                            if (scene.lacks(Operation.SAY)) {
                                return;
                            }
                            AccessActor actor = scene.actor(who);
                            boolean heard =
                                    !situation.over() && situation.facts().allow(Operation.SAY, who);
                            scene.toldToThePatron();

                            actor.typing(scene.chat());
                            actor.seen(scene.chat(), 1);
                            actor.owned(); // once this is answered, what was sent before it has been dealt with

                            assertThat(scene.toldToThePatron()).hasSize(heard ? 2 : 0);
                        }))));
    }

    /** C8: a target that the rules do not name is refused in the same words, be it there or not. */
    @Test
    void aTargetOutsideTheRulesLooksLikeOneThatDoesNotExist() {
        inScene(Situation.CLAIMED, scene -> {
            if (scene.lacks(Operation.TRANSFER)) {
                return;
            }
            AccessActor ana = scene.actor(Somebody.ANA);
            Answer missing = ana.transfer(scene.chat(), Option.operator(OperatorId.of("ghost")));

            for (Option there : List.of(
                    Option.operator(Somebody.SVEN.operator()),
                    Option.operator(Somebody.OLGA.operator()),
                    Option.coop(AccessScene.MEDICAL),
                    Option.coop(AccessScene.NOWHERE))) {
                assertThat(ana.transfer(scene.chat(), there))
                        .as(there.toString())
                        .isEqualTo(missing);
            }
            assertThat(missing.why().map(Refusal::code)).contains(RefusalCode.NOT_ALLOWED);
        });
    }

    // ---- Scenes

    private static Stream<DynamicContainer> inEachSituation(Function<Situation, Stream<? extends DynamicNode>> tests) {
        return Arrays.stream(Situation.values())
                .map(situation -> dynamicContainer(situation.name(), tests.apply(situation)));
    }

    /** A scene serves until something in it has changed. */
    private void inScene(Situation situation, Consumer<AccessScene> test) {
        AccessScene scene = scenes.computeIfAbsent(situation, one -> new AccessScene(open(), one));
        AccessScene.Snapshot before = scene.snapshot();
        boolean unchanged = false;
        try {
            test.accept(scene);
            unchanged = scene.snapshot().equals(before);
        } finally {
            if (!unchanged) {
                scenes.remove(situation);
                scene.close();
            }
        }
    }
}
