package org.libcoop.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import org.libcoop.directory.InstitutionId;
import org.libcoop.directory.OperatorId;
import org.libcoop.faq.FaqEntry;
import org.libcoop.faq.FaqGroup;
import org.libcoop.faq.FaqHit;
import org.libcoop.faq.FaqPage;
import org.libcoop.faq.FaqQuery;
import org.libcoop.faq.FaqVisibility;
import org.libcoop.spi.FaqSource;

/**
 * FAQs on a Lucene index (F3): ranked by BM25 with words of the title above those of the text, each entry in the forms of its
 * language, institution and groups as filters. What is typed is cut into words by the languages' analyzers and nothing else: there is
 * no query language. The index is in memory and made anew at the start from what the host keeps; what is saved is found from then on.
 * <em>Safe for use by several threads.</em>
 */
final class LuceneFaqSource implements FaqSource, AutoCloseable {

    /** Of what is typed so many words count. */
    private static final int MOST_WORDS = 16;

    /** So many rows are reached page by page. */
    private static final int DEEPEST = 1_000;

    private static final float TITLE = 3;
    private static final float ALL_WORDS = 1_000;
    private static final float LANGUAGE = 0.001f;

    /** Held, or its level would be forgotten: on newer JDKs it advises Lucene 10 at each start, which wants JDK 21. */
    private static final Logger ADVICE =
            Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

    static {
        ADVICE.setLevel(Level.SEVERE);
    }

    private final Function<OperatorId, Set<String>> rights;
    private final Languages languages = new Languages();
    private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final Map<InstitutionId, Map<String, FaqGroup>> groups = new HashMap<>();
    private final Map<InstitutionId, Map<String, FaqEntry>> entries = new HashMap<>();
    private final Map<InstitutionId, List<FaqEntry>> staffing = new HashMap<>();

    /** With no group and no entry yet; {@code rights} says which groups of its institution an operator may read. */
    LuceneFaqSource(Function<OperatorId, Set<String>> rights) {
        this.rights = rights;
        try {
            writer = new IndexWriter(directory, new IndexWriterConfig(languages.analyzer()));
            searchers = new SearcherManager(writer, null);
        } catch (IOException impossible) { // nothing is on a disk
            throw new UncheckedIOException(impossible);
        }
    }

    /** Adds a group, or puts it in the place of the one with its id. */
    synchronized void save(FaqGroup group) {
        groups.computeIfAbsent(group.institution(), key -> new LinkedHashMap<>())
                .put(group.id(), group);
        staffing.remove(group.institution());
    }

    /** Adds entries, or puts each in the place of the one with its id. */
    synchronized void save(Collection<FaqEntry> saved) {
        try {
            for (FaqEntry entry : saved) {
                FaqEntry before = entries.computeIfAbsent(entry.institution(), key -> new TreeMap<>())
                        .put(entry.id(), entry);
                forget(before);
                forget(entry);
                writer.updateDocument(key(entry.institution(), entry.id()), document(entry));
            }
            searchers.maybeRefreshBlocking();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Takes an entry out. */
    synchronized void remove(InstitutionId institution, String id) {
        Map<String, FaqEntry> of = entries.get(institution);
        if (of != null) {
            forget(of.remove(id));
        }
        try {
            writer.deleteDocuments(key(institution, id));
            searchers.maybeRefreshBlocking();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void forget(@Nullable FaqEntry entry) {
        if (entry != null && isForStaff(entry)) {
            staffing.remove(entry.institution());
        }
    }

    private boolean isForStaff(FaqEntry entry) {
        FaqGroup group = groups.getOrDefault(entry.institution(), Map.of()).get(entry.group());
        return group != null && group.visibility() == FaqVisibility.STAFFING;
    }

    /** Every entry of an institution, by id. */
    synchronized List<FaqEntry> all(InstitutionId institution) {
        return List.copyOf(entries.getOrDefault(institution, Map.of()).values());
    }

    private static Term key(InstitutionId institution, String id) {
        return new Term("key", institution.value().length() + ":" + institution + ':' + id);
    }

    private Document document(FaqEntry entry) {
        String language = languages.of(entry.language());
        Document document = new Document();
        Term key = key(entry.institution(), entry.id());
        document.add(new StringField(key.field(), key.text(), Field.Store.NO));
        document.add(new SortedDocValuesField("order", new BytesRef(key.text())));
        document.add(new StringField("institution", entry.institution().value(), Field.Store.NO));
        document.add(new StringField("group", entry.group(), Field.Store.NO));
        document.add(new StringField("language", language, Field.Store.NO));
        document.add(new StoredField("id", entry.id()));
        document.add(new TextField(Languages.title(language), entry.title(), Field.Store.NO));
        document.add(new TextField(Languages.text(language), entry.text(), Field.Store.NO));
        return document;
    }

    @Override
    public synchronized List<FaqGroup> groups(InstitutionId institution) {
        return List.copyOf(groups.getOrDefault(institution, Map.of()).values());
    }

    @Override
    public Set<String> readableBy(OperatorId operator) {
        return rights.apply(operator);
    }

    @Override
    public synchronized Optional<FaqEntry> entry(InstitutionId institution, String id) {
        return Optional.ofNullable(entries.getOrDefault(institution, Map.of()).get(id));
    }

    @Override
    public synchronized List<FaqEntry> staffing(InstitutionId institution) {
        List<FaqEntry> known = staffing.get(institution);
        if (known == null) {
            known = entries.getOrDefault(institution, Map.of()).values().stream()
                    .filter(this::isForStaff)
                    .toList();
            staffing.put(institution, known);
        }
        return known;
    }

    // ---- Search

    @Override
    public FaqPage search(FaqQuery query, @Nullable String cursor, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a page has at least one row, not " + limit);
        }
        int from = cursor == null ? 0 : position(query, cursor);
        Map<String, Set<String>> words = words(query.words());
        if (query.groups().isEmpty() || words.isEmpty()) {
            return new FaqPage(List.of(), null);
        }
        int to = Math.min(from + Math.min(limit, PAGE), DEEPEST);
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                return page(query, words, searcher, from, to);
            } finally {
                searchers.release(searcher);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private FaqPage page(FaqQuery query, Map<String, Set<String>> words, IndexSearcher searcher, int from, int to)
            throws IOException {
        Sort best = new Sort(SortField.FIELD_SCORE, new SortField("order", SortField.Type.STRING));
        ScoreDoc[] found = searcher.search(query(query, words), to + 1, best).scoreDocs;
        List<FaqHit> hits = new ArrayList<>();
        for (int i = from; i < Math.min(to, found.length); i++) {
            String id = searcher.storedFields().document(found[i].doc).get("id");
            entry(query.institution(), id).ifPresent(entry -> hits.add(hit(entry, words)));
        }
        return new FaqPage(hits, found.length > to && to < DEEPEST ? to + ":" + query.hashCode() : null);
    }

    private static int position(FaqQuery query, String cursor) {
        String end = ":" + query.hashCode();
        if (!cursor.matches("[0-9]{1,4}:-?[0-9]+") || !cursor.endsWith(end)) {
            throw new IllegalArgumentException("this is no cursor of this query");
        }
        return Integer.parseInt(cursor.substring(0, cursor.length() - end.length()));
    }

    /** What is typed, in the forms of each language that makes words of it. */
    private Map<String, Set<String>> words(String typed) {
        Map<String, Set<String>> words = new LinkedHashMap<>();
        for (String language : languages.all()) {
            Set<String> of = new LinkedHashSet<>();
            languages.tokens(Languages.text(language), typed, (word, from, to) -> {
                if (of.size() < MOST_WORDS) {
                    of.add(word);
                }
            });
            if (!of.isEmpty()) {
                words.put(language, of);
            }
        }
        return words;
    }

    private Query query(FaqQuery query, Map<String, Set<String>> words) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        words.forEach((language, of) -> {
            BooleanQuery.Builder all = new BooleanQuery.Builder();
            for (String word : of) {
                Query title = new TermQuery(new Term(Languages.title(language), word));
                Query text = new TermQuery(new Term(Languages.text(language), word));
                any.add(new DisjunctionMaxQuery(List.of(new BoostQuery(title, TITLE), text), 0.1f), Occur.SHOULD);
                all.add(new DisjunctionMaxQuery(List.of(title, text), 0), Occur.MUST);
            }
            any.add(new BoostQuery(new ConstantScoreQuery(all.build()), ALL_WORDS), Occur.SHOULD);
        });
        List<BytesRef> within = query.groups().stream().map(BytesRef::new).toList();
        BooleanQuery.Builder whole = new BooleanQuery.Builder()
                .add(new TermQuery(new Term("institution", query.institution().value())), Occur.FILTER)
                .add(new TermInSetQuery("group", within), Occur.FILTER)
                .add(any.build(), Occur.MUST);
        String language = query.language();
        if (language != null) {
            Query same = new ConstantScoreQuery(new TermQuery(new Term("language", languages.of(language))));
            whole.add(new BoostQuery(same, LANGUAGE), Occur.SHOULD);
        }
        return whole.build();
    }

    private FaqHit hit(FaqEntry entry, Map<String, Set<String>> words) {
        String language = languages.of(entry.language());
        Set<String> wanted = words.getOrDefault(language, Set.of());
        Marker marker = new Marker(languages, language, wanted);
        return new FaqHit(
                entry.id(),
                entry.group(),
                marker.whole(entry.title()),
                marker.snippet(entry.text()),
                entry.link(),
                entry.language(),
                entry.reviewed());
    }

    @Override
    public void close() {
        try {
            searchers.close();
            writer.close();
            directory.close();
            languages.analyzer().close();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
