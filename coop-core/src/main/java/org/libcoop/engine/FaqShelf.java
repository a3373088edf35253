package org.libcoop.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.faq.FaqEntry;
import org.libcoop.faq.FaqGroup;
import org.libcoop.faq.FaqHit;
import org.libcoop.faq.FaqPage;
import org.libcoop.faq.FaqQuery;
import org.libcoop.faq.FaqReading;
import org.libcoop.refusal.Outcome;
import org.libcoop.refusal.RefusalCode;
import org.libcoop.spi.FaqSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host's {@link FaqSource} as the engine asks it: what it throws becomes a refusal, and what it answers beyond what was asked for
 * is not passed on. Of a failure the log names its kind and the institution, once until it works again; never its message, which may
 * quote an entry (G17). Safe for use by several threads.
 */
final class FaqShelf {

    private static final Logger LOG = LoggerFactory.getLogger(FaqShelf.class);

    private final @Nullable FaqSource source;
    private final Set<InstitutionId> failing = ConcurrentHashMap.newKeySet();

    FaqShelf(@Nullable FaqSource source) {
        this.source = source;
    }

    /** Whether the host has FAQs at all. */
    boolean there() {
        return source != null;
    }

    /** The groups of an institution, by id. */
    Outcome<Map<String, FaqGroup>> groups(InstitutionId institution) {
        return asked(institution, faqs -> Outcome.done(grouped(faqs.groups(institution), institution)));
    }

    private static Map<String, FaqGroup> grouped(List<FaqGroup> groups, InstitutionId institution) {
        return groups.stream()
                .filter(group -> group.institution().equals(institution))
                .collect(Collectors.toMap(FaqGroup::id, Function.identity(), (one, other) -> one));
    }

    /** The ids of the groups that an operator may read at its own institution. */
    Outcome<Set<String>> readableBy(InstitutionId institution, OperatorId operator) {
        return asked(institution, faqs -> Outcome.done(Set.copyOf(faqs.readableBy(operator))));
    }

    /** A page of what a query asks for; {@code invalid} for a wrong cursor or limit. */
    Outcome<FaqPage> search(FaqQuery query, @Nullable String cursor, int limit) {
        if (limit < 1) {
            return Outcome.refused(RefusalCode.INVALID, "a page has at least one row");
        }
        if (query.words().isBlank() || query.groups().isEmpty()) {
            return Outcome.done(new FaqPage(List.of(), null));
        }
        return asked(query.institution(), faqs -> {
            FaqPage page;
            try {
                page = faqs.search(query, cursor, Math.min(limit, FaqSource.PAGE));
            } catch (IllegalArgumentException wrong) {
                if (cursor == null) {
                    throw wrong;
                }
                return Outcome.refused(RefusalCode.INVALID, "this is no cursor of this search");
            }
            List<FaqHit> asked = page.hits().stream()
                    .filter(hit -> query.groups().contains(hit.group()))
                    .toList();
            return Outcome.done(new FaqPage(asked, page.next()));
        });
    }

    /** An entry of an institution with its group; {@code not-found} if there is none. */
    Outcome<FaqReading> entry(InstitutionId institution, String id) {
        return groups(institution)
                .flatMap(groups -> asked(institution, faqs -> {
                    Optional<FaqEntry> entry = faqs.entry(institution, id)
                            .filter(found -> found.institution().equals(institution)
                                    && found.id().equals(id));
                    FaqGroup group =
                            entry.map(found -> groups.get(found.group())).orElse(null);
                    return entry.isEmpty() || group == null
                            ? Outcome.refused(RefusalCode.NOT_FOUND, "there is no such entry")
                            : Outcome.done(new FaqReading(entry.get(), group));
                }));
    }

    /** The entries of the STAFFING group. */
    Outcome<List<FaqEntry>> staffing(InstitutionId institution) {
        return asked(institution, faqs -> Outcome.done(faqs.staffing(institution)));
    }

    private <T> Outcome<T> asked(InstitutionId institution, Function<FaqSource, Outcome<T>> question) {
        if (source == null) {
            return Outcome.refused(RefusalCode.UNSUPPORTED, "this deployment has no FAQ");
        }
        try {
            Outcome<T> answer = question.apply(source);
            failing.remove(institution);
            return answer;
        } catch (RuntimeException failed) {
            if (failing.add(institution)) {
                LOG.warn(
                        "The FAQ of {} does not answer: {}",
                        institution,
                        failed.getClass().getName());
            }
            return Outcome.refused(RefusalCode.UNAVAILABLE, "the FAQ does not answer");
        }
    }
}
