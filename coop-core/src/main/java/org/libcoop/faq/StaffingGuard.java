package org.libcoop.faq;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Finds in a text what stands in the entries of a STAFFING group (F2): secrets that a patron gets only if somebody means it. A secret
 * is
 *
 * <ul>
 * <li>a word of an entry with at least 6 characters that has a letter, and a digit or a symbol; an address of email or of a page;
 * <li>a number of at least 6 digits, whatever separates them; of one with 9 or more its last 8, too, as of a telephone number without
 *     its country;
 * <li>six words in a row, or twelve characters of a script that has no spaces.
 * </ul>
 *
 * Compared is without regard to case, width and form of letters, to white space, and to characters that nobody sees. What is spread
 * over two texts, or spelt otherwise, is not found. Ordinary words with a hyphen, an apostrophe or a full stop in them are no secrets.
 *
 * <p>Time is linear in the length of the text. Pure and <em>immutable</em>.
 */
public final class StaffingGuard {

    private static final int SHORTEST = 6;
    private static final int LONG_NUMBER = 9;
    private static final int WITHOUT_COUNTRY = 8;

    private record Held(String form, String entry, boolean host) {}

    private final List<FaqEntry> entries;
    private final Map<String, List<Held>> tokens = new HashMap<>();
    private final Map<String, List<Held>> numbers = new HashMap<>();
    private final long[] windows;

    private StaffingGuard(Collection<FaqEntry> staffing) {
        this.entries = List.copyOf(staffing);
        LongStream.Builder hashes = LongStream.builder();
        for (FaqEntry entry : entries) {
            for (GuardText text : texts(entry)) {
                Tokens.of(text).forEach(token -> hold(tokens, token.form(), entry.id(), token.host()));
                text.numbers().forEach(number -> holdNumber(text, number, entry.id()));
                text.windows((hash, from, to) -> hashes.add(hash));
            }
        }
        this.windows = hashes.build().sorted().distinct().toArray();
    }

    /** The guard of these entries. */
    public static StaffingGuard of(Collection<FaqEntry> staffing) {
        return new StaffingGuard(staffing);
    }

    private static List<GuardText> texts(FaqEntry entry) {
        List<GuardText> texts = new ArrayList<>();
        texts.add(GuardText.of(entry.title()));
        texts.add(GuardText.of(entry.text()));
        if (entry.link() != null) {
            texts.add(GuardText.of(entry.link()));
        }
        return texts;
    }

    private void holdNumber(GuardText text, GuardText.DigitRun number, String entry) {
        String digits = number.digits();
        holdDigits(digits, entry);
        if (digits.length() >= LONG_NUMBER) {
            holdDigits(digits.substring(digits.length() - WITHOUT_COUNTRY), entry);
        }
        // Two numbers in a row read as one: each of them counts, too.
        for (String part : text.plain().substring(number.from(), number.to()).split(" ", -1)) {
            holdDigits(GuardText.digits(part), entry);
        }
    }

    private void holdDigits(String digits, String entry) {
        if (digits.length() >= SHORTEST) {
            hold(numbers, digits, entry, false);
        }
    }

    private static void hold(Map<String, List<Held>> map, String form, String entry, boolean host) {
        Held held = new Held(form, entry, host);
        List<Held> at = map.computeIfAbsent(form.substring(0, SHORTEST), key -> new ArrayList<>(1));
        if (!at.contains(held)) {
            at.add(held);
        }
    }

    /** Returns the secrets that stand in {@code text}, each once; empty if there are none. */
    public List<Secret> found(String text) {
        GuardText looked = GuardText.of(text);
        Set<Secret> found = new LinkedHashSet<>();
        String plain = looked.plain();
        for (int i = 0; i + SHORTEST <= plain.length(); i++) {
            for (Held held : tokens.getOrDefault(plain.substring(i, i + SHORTEST), List.of())) {
                int to = i + held.form().length();
                if (plain.startsWith(held.form(), i) && (!held.host() || Tokens.isWholeSite(plain, i, to))) {
                    found.add(new Secret(Secret.Kind.TOKEN, held.form(), held.form(), 0));
                }
            }
        }
        looked.numbers()
                .forEach(number -> findNumbers(number.digits(), plain.substring(number.from(), number.to()), found));
        looked.windows((hash, from, to) -> {
            if (Arrays.binarySearch(windows, hash) >= 0) {
                String words = plain.substring(from, to);
                found.add(new Secret(Secret.Kind.WORDS, words, words, hash));
            }
        });
        return List.copyOf(found);
    }

    private void findNumbers(String digits, String words, Set<Secret> found) {
        for (int i = 0; i + SHORTEST <= digits.length(); i++) {
            for (Held held : numbers.getOrDefault(digits.substring(i, i + SHORTEST), List.of())) {
                if (digits.startsWith(held.form(), i)) {
                    found.add(new Secret(Secret.Kind.NUMBER, held.form(), words, 0));
                }
            }
        }
    }

    /** Returns those of {@code secrets} that do not stand in {@code text}, which everybody may read. */
    public static List<Secret> notIn(String text, List<Secret> secrets) {
        if (secrets.isEmpty()) {
            return secrets;
        }
        GuardText read = GuardText.of(text);
        Set<Long> there = new HashSet<>();
        read.windows((hash, from, to) -> there.add(hash));
        List<String> numbers =
                read.numbers().stream().map(GuardText.DigitRun::digits).toList();
        return secrets.stream()
                .filter(secret -> switch (secret.kind()) {
                    case TOKEN -> !read.plain().contains(secret.spelt());
                    case NUMBER -> numbers.stream().noneMatch(number -> number.contains(secret.spelt()));
                    case WORDS -> !there.contains(secret.hash());
                })
                .toList();
    }

    /** Returns the ids of the entries in which these secrets stand. Not kept, but looked for: it is asked seldom. */
    public List<String> entriesOf(Collection<Secret> secrets) {
        Set<String> of = new TreeSet<>();
        Set<Long> hashes = new HashSet<>();
        for (Secret secret : secrets) {
            switch (secret.kind()) {
                case TOKEN -> of.addAll(holding(tokens, secret.spelt()));
                case NUMBER -> of.addAll(holding(numbers, secret.spelt()));
                case WORDS -> hashes.add(secret.hash());
            }
        }
        if (!hashes.isEmpty()) {
            for (FaqEntry entry : entries) {
                texts(entry)
                        .forEach(text -> text.windows((hash, from, to) -> {
                            if (hashes.contains(hash)) {
                                of.add(entry.id());
                            }
                        }));
            }
        }
        return List.copyOf(of);
    }

    private static List<String> holding(Map<String, List<Held>> map, String form) {
        return map.getOrDefault(form.substring(0, SHORTEST), List.of()).stream()
                .filter(held -> held.form().equals(form))
                .map(Held::entry)
                .toList();
    }
}
