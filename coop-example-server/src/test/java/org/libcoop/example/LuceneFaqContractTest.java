package org.libcoop.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.faq.FaqEntry;
import org.libcoop.faq.FaqGroup;
import org.libcoop.faq.FaqHit;
import org.libcoop.faq.FaqQuery;
import org.libcoop.faq.FaqVisibility;
import org.libcoop.spi.FaqSource;
import org.libcoop.testkit.junit.FaqSourceContract;

/** F3 on a Lucene index. */
class LuceneFaqContractTest extends FaqSourceContract {

    /** The index with the rights that the contract says. */
    private static final class Host implements FaqsOfHost {
        private final Map<OperatorId, Set<String>> rights = new HashMap<>();
        private final LuceneFaqSource index = new LuceneFaqSource(operator -> rights.getOrDefault(operator, Set.of()));

        @Override
        public FaqSource source() {
            return index;
        }

        @Override
        public void save(FaqGroup group) {
            index.save(group);
        }

        @Override
        public void save(FaqEntry entry) {
            index.save(List.of(entry));
        }

        @Override
        public void remove(InstitutionId institution, String entry) {
            index.remove(institution, entry);
        }

        @Override
        public void readable(OperatorId operator, Collection<String> groups) {
            rights.put(operator, Set.copyOf(groups));
        }

        @Override
        public void close() {
            index.close();
        }
    }

    @Override
    protected FaqsOfHost open() {
        return new Host();
    }

    private static LuceneFaqSource index(String language, String title, String text) {
        InstitutionId springy = InstitutionId.of("springy");
        LuceneFaqSource index = new LuceneFaqSource(operator -> Set.of());
        index.save(new FaqGroup("faq", springy, "Questions", FaqVisibility.PUBLIC));
        index.save(List.of(new FaqEntry("e", springy, "faq", title, text, null, language, null)));
        return index;
    }

    private static List<String> found(LuceneFaqSource index, String words) {
        return index.search(FaqQuery.of(InstitutionId.of("springy"), List.of("faq"), words), null, 10).hits().stream()
                .map(FaqHit::entry)
                .toList();
    }

    @Test
    void wordsAreFoundInTheFormsOfTheirLanguage() {
        try (LuceneFaqSource english = index("en", "Renewing loans", "You may renew them twice.");
                LuceneFaqSource german = index("de-AT", "B\u00FCcher verl\u00E4ngern", "Das geht zweimal.");
                LuceneFaqSource spanish = index("es", "Tarjetas de la biblioteca", "Venga a la biblioteca.");
                LuceneFaqSource other = index("tlh", "qaStaHvIS wa' ram", "loS SaD")) {
            assertThat(found(english, "renewed loan")).containsExactly("e");
            assertThat(found(german, "Buch")).containsExactly("e");
            assertThat(found(spanish, "tarjeta")).containsExactly("e");
            assertThat(found(other, "QASTAHVIS")).containsExactly("e");
        }
    }

    @Test
    void aWordInAnotherFormIsMarkedAsItStands() {
        try (LuceneFaqSource english = index("en", "Renewing loans", "You may renew them twice.")) {
            FaqHit hit = english.search(
                            FaqQuery.of(InstitutionId.of("springy"), List.of("faq"), "renewal of a loan renewed"),
                            null,
                            1)
                    .hits()
                    .get(0);

            assertThat(hit.title().marks().stream()
                            .map(mark -> hit.title().text().substring(mark.from(), mark.to())))
                    .contains("loans");
        }
    }
}
