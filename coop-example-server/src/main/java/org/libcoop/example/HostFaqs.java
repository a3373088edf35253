package org.libcoop.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.Directory;
import org.libcoop.directory.Institution;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.Operator;
import org.libcoop.directory.OperatorId;
import org.libcoop.faq.FaqEntry;
import org.libcoop.faq.FaqGroup;
import org.libcoop.faq.FaqVisibility;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.FaqSource;

/**
 * The FAQs of this host: each institution has a group of every visibility, its local admins keep the entries of all of them, and its
 * operators read those that are for everybody and for its own people. Kept in the host's database where there is one. <em>Safe for use
 * by several threads.</em>
 */
final class HostFaqs implements AutoCloseable {

    private final Directory directory;
    private final @Nullable FaqTable table;
    private final LuceneFaqSource index = new LuceneFaqSource(this::readableBy);

    private HostFaqs(Directory directory, @Nullable FaqTable table) {
        this.directory = directory;
        this.table = table;
        for (Institution institution : directory.institutions()) {
            for (FaqVisibility visibility : FaqVisibility.values()) {
                index.save(new FaqGroup(group(visibility), institution.id(), name(visibility), visibility));
            }
        }
    }

    /**
     * Opens the FAQs and makes the index; where nothing is kept yet, the demo's entries of the institutions that are there come in.
     *
     * @throws SQLException if the table cannot be read
     */
    static HostFaqs open(Directory directory, @Nullable FaqTable table) throws SQLException {
        HostFaqs faqs = new HostFaqs(directory, table);
        List<FaqEntry> kept = table == null ? List.of() : table.all();
        if (kept.isEmpty()) {
            kept = demo(directory);
            if (table != null) {
                for (FaqEntry entry : kept) {
                    table.save(entry);
                }
            }
        }
        faqs.index.save(kept);
        return faqs;
    }

    private static List<FaqEntry> demo(Directory directory) {
        List<FaqEntry> entries = new ArrayList<>();
        try (InputStream file = HostFaqs.class.getResourceAsStream("/demo-faq.yaml")) {
            for (JsonNode node : new YAMLMapper().readTree(Objects.requireNonNull(file, "demo-faq.yaml"))) {
                FaqEntry entry = new FaqEntry(
                        node.path("id").asText(),
                        InstitutionId.of(node.path("institution").asText()),
                        node.path("group").asText(),
                        node.path("title").asText(),
                        node.path("text").asText(),
                        node.has("link") ? node.path("link").asText() : null,
                        node.path("language").asText("en"),
                        LocalDate.parse(node.path("reviewed").asText()));
                if (directory.institution(entry.institution()).isPresent()) {
                    entries.add(entry);
                }
            }
        } catch (IOException impossible) {
            throw new IllegalStateException("demo-faq.yaml belongs to the server", impossible);
        }
        return entries;
    }

    private static String group(FaqVisibility visibility) {
        return visibility.name().toLowerCase(Locale.ROOT);
    }

    private static String name(FaqVisibility visibility) {
        return switch (visibility) {
            case PUBLIC -> "For everybody";
            case STAFFING -> "For the staff who answers our patrons";
            case INTERNAL -> "For our own people";
            case RESTRICTED -> "For our admins";
            case HIDDEN -> "Not shown";
        };
    }

    private Set<String> readableBy(OperatorId operator) {
        boolean admin = directory.operator(operator).filter(Operator::admin).isPresent();
        return directory.operator(operator).isEmpty()
                ? Set.of()
                : admin ? Set.of("public", "internal", "restricted") : Set.of("public", "internal");
    }

    /** What the engine asks. */
    FaqSource source() {
        return index;
    }

    private Outcome<InstitutionId> kept(OperatorId by) {
        return directory
                .operator(by)
                .filter(Operator::admin)
                .map(Operator::institution)
                .map(Outcome::done)
                .orElseGet(() -> Outcome.refused(RefusalCode.NOT_ALLOWED, "you may not do that"));
    }

    /** Every entry of the institution of a local admin (A10). */
    Outcome<List<FaqEntry>> all(OperatorId by) {
        return kept(by).map(index::all);
    }

    /** What a local admin puts in the place of the entry with its id, or adds, at the own institution. */
    interface Draft {
        FaqEntry of(InstitutionId institution);
    }

    /** Saves an entry for a local admin. */
    Outcome<FaqEntry> save(OperatorId by, Draft draft) {
        return kept(by).flatMap(institution -> {
            FaqEntry entry = draft.of(institution);
            boolean known = index.groups(institution).stream()
                    .anyMatch(group -> group.id().equals(entry.group()));
            boolean full = entry.group().equals(group(FaqVisibility.STAFFING))
                    && index.staffing(institution).size() >= FaqSource.MOST_STAFFING
                    && index.staffing(institution).stream()
                            .noneMatch(other -> other.id().equals(entry.id()));
            if (!known || full) {
                return Outcome.refused(
                        RefusalCode.INVALID, full ? "there are too many for staff" : "there is no such group");
            }
            return written(() -> {
                if (table != null) {
                    table.save(entry);
                }
                index.save(List.of(entry));
                return entry;
            });
        });
    }

    /** Takes an entry out for a local admin. */
    Outcome<String> remove(OperatorId by, String id) {
        return kept(by).flatMap(institution -> written(() -> {
            if (table != null) {
                table.remove(institution, id);
            }
            index.remove(institution, id);
            return id;
        }));
    }

    private interface Writing<T> {
        T write() throws SQLException;
    }

    private static <T> Outcome<T> written(Writing<T> writing) {
        try {
            return Outcome.done(writing.write());
        } catch (SQLException away) {
            return Outcome.refused(RefusalCode.UNAVAILABLE, "the database does not answer");
        }
    }

    @Override
    public void close() {
        index.close();
    }
}
