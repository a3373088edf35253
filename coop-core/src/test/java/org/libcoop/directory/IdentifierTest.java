package org.libcoop.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libcoop.chat.ChatId;
import org.libcoop.presence.NodeId;
import org.libcoop.spi.CommandId;

class IdentifierTest {

    private record IdType(String name, Function<String, Object> of) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<IdType> types() {
        return List.of(
                new IdType("institution id", InstitutionId::of),
                new IdType("operator id", OperatorId::of),
                new IdType("department id", DepartmentId::of),
                new IdType("co-op id", CoopId::of),
                new IdType("widget id", WidgetId::of));
    }

    @ParameterizedTest
    @MethodSource("types")
    void anIdHasOneToTwoHundredCharacters(IdType type) {
        assertThat(type.of().apply("a")).hasToString("a");
        assertThat(type.of().apply("x".repeat(199))).hasToString("x".repeat(199));
        assertThat(type.of().apply("x".repeat(200))).hasToString("x".repeat(200));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> type.of().apply("x".repeat(201)))
                .withMessageContaining(type.name())
                .withMessageContaining("xxx…")
                .withMessageContaining("201 characters, expected 1 to 200");
    }

    @ParameterizedTest
    @MethodSource("types")
    void anIdIsNotBlankAndNotNull(IdType type) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> type.of().apply(""))
                .withMessage(type.name() + " \"\" is blank, expected 1 to 200 characters");
        assertThatIllegalArgumentException().isThrownBy(() -> type.of().apply("   "));
        assertThatIllegalArgumentException().isThrownBy(() -> type.of().apply("\u2003"));
        assertThatNullPointerException().isThrownBy(() -> type.of().apply(null)).withMessage(type.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u0000", "\tb", "a\u007F", "a\u0085b", "a\u001Fb"})
    void anIdHasNoControlCharactersAndTheMessageDoesNotRepeatThem(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OperatorId.of(value))
                .withMessageMatching("operator id \".*\" contains U\\+00.., expected no control characters")
                .satisfies(e -> assertThat(e.getMessage().chars()).noneMatch(Character::isISOControl));
    }

    @Test
    void anIdMayHaveAnyOtherCharacterButNoHalfOfOne() {
        assertThat(OperatorId.of("Ольга/o'neil%&<>\"💬 ")).hasToString("Ольга/o'neil%&<>\"💬 ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OperatorId.of("a\uD83Db"))
                .withMessage("operator id \"a\uFFFDb\" contains U+D83D, expected no unpaired surrogates");
    }

    /** The ids of a chat and of a client's command come from outside; what one store cannot keep must not reach any (G14). */
    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\nb", "a\u0000", "a\uD83Db", "\uDE00\uD83D"})
    void anIdThatNotEveryStoreCanKeepIsNone(String value) {
        assertThat(CommandId.fits(value)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new CommandId("scope", value, "digest"));
        assertThatIllegalArgumentException().isThrownBy(() -> ChatId.of(value));
        assertThatIllegalArgumentException().isThrownBy(() -> new NodeId(value));
    }

    @Test
    void idsOfChatsCommandsAndNodesHaveOneToAHundredCharacters() {
        String longest = "💬".repeat(50);
        String tooLong = "x".repeat(101);

        assertThat(CommandId.fits(longest)).isTrue();
        assertThat(new CommandId("scope", longest, "digest").id()).isEqualTo(longest);
        assertThat(ChatId.of(longest)).hasToString(longest);
        assertThat(new NodeId(longest)).hasToString(longest);
        assertThat(CommandId.fits(tooLong)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChatId.of(tooLong))
                .withMessageContaining("101 characters, expected 1 to 100");
        assertThatIllegalArgumentException().isThrownBy(() -> new NodeId(tooLong));
        assertThatIllegalArgumentException().isThrownBy(() -> new CommandId("scope", tooLong, "digest"));
    }

    @Test
    void idsAreEqualByValueAndOrderedByTheirCharacters() {
        assertThat(CoopId.of("b")).isEqualTo(new CoopId("b")).isNotEqualTo(CoopId.of("B"));
        assertThat(List.of(CoopId.of("b"), CoopId.of("a"), CoopId.of("B")).stream()
                        .sorted())
                .containsExactly(CoopId.of("B"), CoopId.of("a"), CoopId.of("b"));
        assertThat(InstitutionId.of("a")).isLessThan(InstitutionId.of("b"));
        assertThat(OperatorId.of("a")).isLessThan(OperatorId.of("b"));
        assertThat(DepartmentId.of("a")).isLessThan(DepartmentId.of("b"));
        assertThat(WidgetId.of("a")).isLessThan(WidgetId.of("b"));
    }

    @Test
    void optionsOfSeveralKindsDifferThoughTheirIdsAreTheSame() {
        Set<Option> options = new HashSet<>(List.of(Option.department("x"), Option.operator("x"), Option.coop("x")));

        assertThat(options).hasSize(3).allSatisfy(option -> {
            assertThat(option.id()).isEqualTo("x");
            assertThat(option).hasToString("x");
        });
        assertThat(options).extracting(Option::kind).containsExactlyInAnyOrder(Option.Kind.values());
        assertThat(Option.department(DepartmentId.of("x"))).isEqualTo(Option.department("x"));
        assertThat(Option.operator(OperatorId.of("x"))).isEqualTo(Option.operator("x"));
        assertThat(Option.coop(CoopId.of("x"))).isEqualTo(Option.coop("x"));
    }

    @Test
    void onlyACoopHasABackupStage() {
        assertThat(new Stage(Option.coop("academic"), true)).isEqualTo(Stage.backup(CoopId.of("academic")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Stage(Option.department("reference"), true))
                .withMessage("backup stage of reference, a DEPARTMENT: only a co-op has backup staff");
        assertThatIllegalArgumentException().isThrownBy(() -> new Stage(Option.operator("ana"), true));
    }

    @Test
    void aStageIsWrittenLikeItsOptionAndTheBackupStageAfterASlash() {
        Stage members = Stage.of(Option.coop("academic"));
        Stage backup = Stage.backup(CoopId.of("academic"));

        assertThat(members).hasToString("academic").isNotEqualTo(backup);
        assertThat(backup).hasToString("academic/backup").isEqualTo(Stage.backup(CoopId.of("academic")));
        assertThat(backup).hasSameHashCodeAs(Stage.backup(CoopId.of("academic")));
        assertThat(backup.hashCode()).isNotEqualTo(members.hashCode());
    }

    @Test
    void aRecordKeyReadsWellForOrdinaryIds() {
        assertThat(RecordKey.of(CoopId.of("academic"))).isEqualTo(new RecordKey(RecordKey.Type.COOP, "academic"));
        assertThat(RecordKey.of(CoopId.of("academic"), InstitutionId.of("springy")))
                .isEqualTo(new RecordKey(RecordKey.Type.MEMBERSHIP, "academic/springy"));
        assertThat(RecordKey.of(CoopId.of("academic"), OperatorId.of("olga")))
                .isEqualTo(new RecordKey(RecordKey.Type.ACCOUNT, "academic/olga"));
        assertThat(RecordKey.of(WidgetId.of("databases"))).isEqualTo(new RecordKey(RecordKey.Type.WIDGET, "databases"));
        assertThat(RecordKey.policies()).isEqualTo(new RecordKey(RecordKey.Type.POLICIES, "policies"));
    }

    @Test
    void noTwoPairsOfIdsShareARecordKey() {
        List<String> awkward = List.of("a", "b", "/", "//", "a/b", "b/a", "/a", "a/", "1", "1/", "/1", "/1/a", "3/a/b");
        Set<RecordKey> keys = new HashSet<>();

        for (String coop : awkward) {
            for (String institution : awkward) {
                keys.add(RecordKey.of(CoopId.of(coop), InstitutionId.of(institution)));
            }
        }

        assertThat(keys).hasSize(awkward.size() * awkward.size());
    }

    @Test
    void theLongestIdsFitARecordKey() {
        String longest = "/".repeat(200);

        RecordKey key = RecordKey.of(CoopId.of(longest), OperatorId.of(longest));

        assertThat(key.id()).hasSize(RecordKey.MAX_ID_LENGTH);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RecordKey(RecordKey.Type.ACCOUNT, key.id() + "/"))
                .withMessageContaining("407 characters, expected 1 to 406");
    }

    @Test
    void recordKeysAreOrderedByTypeThenById() {
        RecordKey coopB = RecordKey.of(CoopId.of("b"));
        RecordKey coopC = RecordKey.of(CoopId.of("c"));
        RecordKey widgetA = RecordKey.of(WidgetId.of("a"));

        assertThat(List.of(widgetA, coopC, coopB).stream().sorted()).containsExactly(coopB, coopC, widgetA);
    }
}
