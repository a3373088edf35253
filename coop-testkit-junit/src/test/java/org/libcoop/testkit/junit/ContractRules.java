package org.libcoop.testkit.junit;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Where the rules of a contract stand: in the port's Javadoc, on the contract's page, in the names of its tests. */
final class ContractRules {

    private ContractRules() {}

    /** The numbers that the names of a contract's tests begin with. */
    static Set<String> inTestsOf(Class<?> contract) {
        Set<String> rules = new TreeSet<>();
        for (Class<?> type = contract; type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Test.class)) {
                    rules.add(method.getName().replaceFirst("_.*", ""));
                }
            }
        }
        return rules;
    }

    /** The numbers with which the points of a list begin, such as {@code <li>AR1} or {@code | AR1}, as tests write them. */
    static Set<String> listedIn(Path file, String prefix) throws IOException {
        Pattern point = Pattern.compile("(?m)(?:<li>|^\\| ?\\**)" + prefix + "(\\d+)\\b");
        Set<String> rules = new TreeSet<>();
        Matcher matcher = point.matcher(Files.readString(file));
        while (matcher.find()) {
            rules.add(prefix.toLowerCase(Locale.ROOT) + "%02d".formatted(Integer.parseInt(matcher.group(1))));
        }
        return rules;
    }
}
