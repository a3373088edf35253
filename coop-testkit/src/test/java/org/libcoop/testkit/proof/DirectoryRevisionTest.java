package org.libcoop.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.libcoop.testkit.proof.Rig.COOP;
import static org.libcoop.testkit.proof.Rig.DESK;
import static org.libcoop.testkit.proof.Rig.MEMBERS;
import static org.libcoop.testkit.proof.Rig.done;
import static org.libcoop.testkit.proof.Rig.refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.libcoop.chat.ChatEvent;
import org.libcoop.chat.ChatId;
import org.libcoop.chat.Phase;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.CoopAccount.Level;
import org.libcoop.directory.CoopId;
import org.libcoop.directory.Department;
import org.libcoop.directory.DepartmentId;
import org.libcoop.directory.Directory;
import org.libcoop.directory.HostDirectory;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.directory.Option;
import org.libcoop.directory.Policies;
import org.libcoop.directory.Widget;
import org.libcoop.directory.WidgetId;
import org.libcoop.memory.RevisedDirectory;
import org.libcoop.refusal.Refusal;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.StoreException;
import org.libcoop.testkit.proof.Rig.Seat;
import org.libcoop.testkit.proof.Rig.Site;

/** The host's directory changes while chats run (D2, D11, A7, R15), and the library's records with it (D9). */
class DirectoryRevisionTest {

    private final Rig rig = new Rig();
    private final Directory directory = Rig.directory().build();
    private final RevisedDirectory host = new RevisedDirectory(directory.host());
    private boolean away;
    private final Site node = rig.node(
            "a",
            store -> new StoreProxy(store) {
                @Override
                void before() {
                    if (away) {
                        throw new StoreException("the store is away", false);
                    }
                }
            },
            host,
            directory);
    private final Seat ana = node.on("ana", DESK);
    private final Seat olga = node.on("olga", COOP);

    @AfterEach
    void close() {
        away = false;
        rig.close();
    }

    @Test
    void anOwnerWhoseAccountDisappearsHasLostTheChatAtOnce() {
        ChatId chat = node.chatOf("stewart");
        done(ana.session().claim(chat));
        rig.pass(7);

        host.revise(without("ana"));

        assertThat(node.inspect(chat).chat().phase()).isEqualTo(new Phase.Waiting(rig.at(7), false));
        assertThat(node.inspect(chat).chat().progress().isOpen(MEMBERS))
                .as("R7: nobody is left at the desk")
                .isTrue();
        assertThat(olga.session().waiting()).hasSize(1);
        assertThat(refusal(ana.session().say(chat, "Hello"))).isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(refusal(ana.session().signIn())).isEqualTo(RefusalCode.NOT_ALLOWED);
    }

    @Test
    void anOwnerWhoseChatIsSwitchedOffHasLostTheChatAtOnce() {
        ChatId chat = node.chatOf("stewart");
        done(ana.session().claim(chat));

        host.revise(switchedOff("ana"));

        assertThat(node.inspect(chat).chat().phase().kind()).isEqualTo(Phase.Kind.WAITING);
        assertThat(refusal(ana.session().claim(chat))).isEqualTo(RefusalCode.NOT_ELIGIBLE);
        assertThat(refusal(ana.session().monitor(DESK, true))).isEqualTo(RefusalCode.NOT_ALLOWED);
        assertThat(ana.session().waiting()).isEmpty();

        host.revise(directory.host());
        assertThat(refusal(ana.session().claim(chat))).isNull();
    }

    @Test
    void whoIsNewMayConnectAndMonitorAtOnce() {
        assertThat(node.engine
                        .connectOperator(OperatorId.of("carl"), notice -> {})
                        .refusal())
                .isPresent();

        host.revise(with("carl"));

        Seat carl = node.on("carl", DESK);
        ChatId chat = node.chatOf("stewart");
        assertThat(refusal(carl.session().claim(chat))).isNull();
    }

    @Test
    void aNewRevisionReachesTheOtherNodes() {
        Site other = rig.node("b");
        Seat ben = other.on("ben", DESK);

        host.revise(without("ben"));
        rig.pass(1);

        assertThat(other.engine.directory().operator(OperatorId.of("ben"))).isEmpty();
        assertThat(refusal(ben.session().signIn())).isEqualTo(RefusalCode.NOT_ALLOWED);
    }

    @Test
    void aRevisionPublishedWhileTheStoreIsAwayIsTakenOnceItIsBack() {
        away = true;
        host.revise(with("carl"));
        away = false;

        rig.pass(3);

        assertThat(node.engine.directory().operator(OperatorId.of("carl"))).isPresent();
    }

    @Test
    void aRevisionPublishedWhileTheNodeHasNoLeaseIsTakenOnceItIsBack() {
        node.executor.pause();
        host.revise(with("carl"));
        rig.pass(40);
        node.executor.resume();

        rig.pass(3);

        assertThat(node.engine.directory().operator(OperatorId.of("carl"))).isPresent();
    }

    // ---- The library's own records

    @Test
    void endingAMembershipEmptiesItsStagesInWaitingChatsAndLeavesClaimedOnesAlone() {
        ChatId claimed = node.chatOf("stewart");
        ChatId waiting = node.chatOf("susan");
        rig.pass(30);
        done(olga.session().claim(claimed));
        assertThat(olga.session().waiting()).hasSize(1);

        done(node.engine.admin().endMembership(InstitutionId.of("springy"), CoopId.of("academic")));

        assertThat(olga.session().waiting()).isEmpty();
        assertThat(refusal(olga.session().claim(waiting))).isEqualTo(RefusalCode.NOT_ELIGIBLE);
        assertThat(refusal(olga.session().say(claimed, "Still here"))).isNull();
        assertThat(refusal(ana.session().claim(waiting))).isNull();
    }

    @Test
    void anAccountThatIsGivenOrTakenCountsAtOnce() {
        ChatId chat = node.chatOf("stewart");
        rig.pass(30);
        Seat ben = node.on("ben");

        done(node.engine.admin().save(new CoopAccount(CoopId.of("academic"), OperatorId.of("ben"), Level.REGULAR)));
        done(ben.session().monitor(COOP, true));

        assertThat(ben.session().waiting()).hasSize(1);
        assertThat(refusal(ben.session().claim(chat))).isNull();
    }

    @Test
    void anInvalidRecordIsRefusedWithEveryProblemNamed() {
        Widget wrong = Widget.builder(WidgetId.of("new"), InstitutionId.of("springy"))
                .route(Option.coop("nowhere"), Option.department("nobody"))
                .build();

        Refusal refused = Rig.outcome(node.engine.admin().save(wrong)).refusal().orElseThrow();

        assertThat(refused.code()).isEqualTo(RefusalCode.INVALID);
        assertThat(refused.message()).contains("nowhere", "nobody");
        assertThat(node.engine.directory().widget(WidgetId.of("new"))).isEmpty();
    }

    @Test
    void endingAMembershipThatIsNoneIsNotFound() {
        assertThat(refusal(node.engine.admin().endMembership(InstitutionId.of("elsewhere"), CoopId.of("academic"))))
                .isEqualTo(RefusalCode.NOT_FOUND);
    }

    @Test
    void aNewLimitCountsAtOnce() {
        ChatId first = node.chatOf("stewart");
        ChatId second = node.chatOf("susan");
        done(ana.session().claim(first));
        assertThat(ana.session().waiting()).hasSize(1);

        done(node.engine.admin().save(Policies.of(Map.of("operatorLimit", "1"))));

        assertThat(ana.session().waiting()).isEmpty();
        assertThat(refusal(ana.session().claim(second))).isEqualTo(RefusalCode.AT_LIMIT);
        assertThat(olga.session().waiting()).as("R7").hasSize(1);
        assertThat(node.inspect(second).log())
                .anyMatch(entry -> entry.event().kind() == ChatEvent.Kind.STAGE_OPENED
                        && entry.event().toString().contains("academic"));
    }

    // ---- Revisions

    private HostDirectory without(String operator) {
        OperatorId gone = OperatorId.of(operator);
        HostDirectory now = host.current();
        List<Operator> operators = new ArrayList<>(now.operators().values());
        operators.removeIf(one -> one.id().equals(gone));
        List<Department> departments = now.departments().values().stream()
                .map(desk -> new Department(
                        desk.id(),
                        desk.institution(),
                        desk.name(),
                        desk.members().stream()
                                .filter(member -> !member.equals(gone))
                                .collect(Collectors.toSet())))
                .toList();
        return HostDirectory.of(now.institutions().values(), operators, departments);
    }

    private HostDirectory switchedOff(String operator) {
        HostDirectory now = host.current();
        List<Operator> operators = now.operators().values().stream()
                .map(one -> one.id().equals(OperatorId.of(operator)) ? one.withChatEnabled(false) : one)
                .toList();
        return HostDirectory.of(
                now.institutions().values(), operators, now.departments().values());
    }

    private HostDirectory with(String operator) {
        HostDirectory now = host.current();
        List<Operator> operators = new ArrayList<>(now.operators().values());
        operators.add(Operator.of(OperatorId.of(operator), InstitutionId.of("springy"), operator));
        List<OperatorId> members = new ArrayList<>(
                now.departments().get(DepartmentId.of("reference")).members());
        members.add(OperatorId.of(operator));
        return HostDirectory.of(
                now.institutions().values(),
                operators,
                List.of(new Department(
                        DepartmentId.of("reference"), InstitutionId.of("springy"), "Reference", Set.copyOf(members))));
    }
}
