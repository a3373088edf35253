package org.libcoop.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs a contract against implementations that are broken on purpose: each must fail a test of the rule it breaks.
 *
 * @param <T> what the contract is about
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContractFindsDefects<T> {

    private static @Nullable Supplier<?> made;

    private final Class<?> contract;
    private final Supplier<? extends T> right;

    /** The {@code contract} opens what is {@link #made}; {@code right} is as the broken ones are, but for the defect. */
    ContractFindsDefects(Class<?> contract, Supplier<? extends T> right) {
        this.contract = contract;
        this.right = right;
    }

    /** A new one of what is to be tried now, for the contract that is run. */
    static <T> T made(Class<T> type) {
        return type.cast(Objects.requireNonNull(made, "only run from here").get());
    }

    /** What is {@link #broken}, and the rule that it breaks. */
    abstract Stream<Arguments> defects();

    final Arguments broken(Supplier<? extends T> one, String rule) {
        return Arguments.of(one.get().getClass().getSimpleName(), one, rule);
    }

    @ParameterizedTest(name = "{0} fails {2}")
    @MethodSource("defects")
    void aBrokenOneFailsATestOfTheRuleItBreaks(String name, Supplier<? extends T> broken, String rule) {
        List<String> failed = failedTestsOf(broken);

        assertThat(failed).as(name).anyMatch(test -> test.startsWith(rule + "_"));
    }

    @Test
    void everyRuleIsBrokenBySome() {
        TreeSet<String> broken = new TreeSet<>();
        defects().forEach(arguments -> broken.add(String.valueOf(arguments.get()[2])));

        assertThat(broken).isEqualTo(new TreeSet<>(ContractRules.inTestsOf(contract)));
    }

    @Test
    void oneWithoutADefectBreaksNone() {
        assertThat(failedTestsOf(right)).isEmpty();
    }

    private List<String> failedTestsOf(Supplier<? extends T> ones) {
        made = ones;
        try {
            return FailedTests.of(contract);
        } finally {
            made = null;
        }
    }
}
