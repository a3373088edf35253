package org.libcoop.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/** Makes words of texts, in the forms of the language a field is in; of a language that is not known here as they stand. */
final class Languages {

    private static final String OTHER = "other";

    private final Map<String, Analyzer> byLanguage = Map.of(
            "en",
            new EnglishAnalyzer(),
            "es",
            new SpanishAnalyzer(),
            "de",
            new GermanAnalyzer(),
            "fr",
            new FrenchAnalyzer(),
            "pt",
            new PortugueseAnalyzer(),
            "it",
            new ItalianAnalyzer(),
            "nl",
            new DutchAnalyzer(),
            OTHER,
            new StandardAnalyzer());

    private final Analyzer analyzer;

    Languages() {
        Map<String, Analyzer> byField = new HashMap<>();
        byLanguage.forEach((language, of) -> {
            byField.put(title(language), of);
            byField.put(text(language), of);
        });
        analyzer = new PerFieldAnalyzerWrapper(new StandardAnalyzer(), byField);
    }

    /** The field of titles in a language. */
    static String title(String language) {
        return "title-" + language;
    }

    /** The field of texts in a language. */
    static String text(String language) {
        return "text-" + language;
    }

    /** All that are known, and the one for the rest. */
    Set<String> all() {
        return byLanguage.keySet();
    }

    /** The one for a language tag. */
    String of(String tag) {
        String primary = tag.split("-", 2)[0].toLowerCase(Locale.ROOT);
        return byLanguage.containsKey(primary) ? primary : OTHER;
    }

    /** For the fields of all languages. */
    Analyzer analyzer() {
        return analyzer;
    }

    /** Is told of each word of a text, and where in it the word stands. */
    interface Words {
        void word(String form, int from, int to);
    }

    /** The words of a text as a field has them. */
    void tokens(String field, String text, Words each) {
        try (TokenStream tokens = analyzer.tokenStream(field, text)) {
            CharTermAttribute form = tokens.addAttribute(CharTermAttribute.class);
            OffsetAttribute place = tokens.addAttribute(OffsetAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                each.word(form.toString(), place.startOffset(), place.endOffset());
            }
            tokens.end();
        } catch (IOException impossible) { // the text is in memory
            throw new UncheckedIOException(impossible);
        }
    }
}
