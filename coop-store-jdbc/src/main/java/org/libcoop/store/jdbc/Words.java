package org.libcoop.store.jdbc;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The stored words of an enum's constants, spelt out where they are declared: a constant may be renamed or moved without
 * changing what is stored.
 */
final class Words<E extends Enum<E>> {

    private final Map<E, String> words;
    private final Map<String, E> constants = new HashMap<>();

    private Words(E[] constants, Function<E, String> word) {
        words = new EnumMap<>(constants[0].getDeclaringClass());
        for (E constant : constants) {
            String spelt = word.apply(constant);
            words.put(constant, spelt);
            if (this.constants.put(spelt, constant) != null) {
                throw new IllegalArgumentException("two constants share the word " + spelt);
            }
        }
    }

    static <E extends Enum<E>> Words<E> of(E[] constants, Function<E, String> word) {
        return new Words<>(constants, word);
    }

    String word(E constant) {
        return Objects.requireNonNull(words.get(constant), "word");
    }

    /**
     * The constant with this word; {@code what} names the row it stands in.
     *
     * @throws UnreadableException if there is none
     */
    E stored(String what, String word) {
        E constant = constant(word);
        if (constant == null) {
            throw new UnreadableException(what, "a word is none of those known");
        }
        return constant;
    }

    /** The constant with this word, or null. */
    @Nullable
    E constant(String word) {
        return constants.get(word);
    }
}
