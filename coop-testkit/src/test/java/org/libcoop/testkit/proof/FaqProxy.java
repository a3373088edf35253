package org.libcoop.testkit.proof;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.faq.FaqEntry;
import org.libcoop.faq.FaqGroup;
import org.libcoop.faq.FaqPage;
import org.libcoop.faq.FaqQuery;
import org.libcoop.spi.FaqSource;

/** FAQs that can be away, and then throw what quotes them: which no host should. */
record FaqProxy(FaqSource right, BooleanSupplier away) implements FaqSource {

    private void there() {
        if (away.getAsBoolean()) {
            throw new IllegalStateException("cannot read the entry canary-5713-kx");
        }
    }

    @Override
    public List<FaqGroup> groups(InstitutionId institution) {
        there();
        return right.groups(institution);
    }

    @Override
    public Set<String> readableBy(OperatorId operator) {
        there();
        return right.readableBy(operator);
    }

    @Override
    public FaqPage search(FaqQuery query, @Nullable String cursor, int limit) {
        there();
        return right.search(query, cursor, limit);
    }

    @Override
    public Optional<FaqEntry> entry(InstitutionId institution, String id) {
        there();
        return right.entry(institution, id);
    }

    @Override
    public List<FaqEntry> staffing(InstitutionId institution) {
        there();
        return right.staffing(institution);
    }
}
