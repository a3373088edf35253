package org.libcoop.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.libcoop.annotation.Beta;

/**
 * Where a chat came from (S2): the host and the page, which is host and path, that the patron came from, and browser and system in the
 * words of the host's device reader. What is not known is null. <em>Immutable.</em>
 */
@Beta
public record Source(
        @Nullable String host,
        @Nullable String page,
        @Nullable String browser,
        @Nullable String system) {

    /** Nothing known. */
    public static final Source NONE = new Source(null, null, null, null);

    /** So many characters (UTF-16 units) each of its words has at most; the rest is cut off. */
    public static final int LONGEST = 200;

    private static final String SCHEME_END = "://";

    public Source {
        host = cut(host);
        page = cut(page);
        browser = cut(browser);
        system = cut(system);
    }

    /**
     * What is known from a URL without query and fragment, and a device.
     *
     * @param url null, or a scheme, a host and perhaps a path; of anything else nothing is known
     */
    public static Source of(@Nullable String url, @Nullable String browser, @Nullable String system) {
        int scheme = url == null ? -1 : url.indexOf(SCHEME_END);
        if (url == null || scheme < 0) {
            return new Source(null, null, browser, system);
        }
        String page = url.substring(scheme + SCHEME_END.length());
        int slash = page.indexOf('/');
        String host = (slash < 0 ? page : page.substring(0, slash)).toLowerCase(Locale.ROOT);
        return new Source(host, host + (slash < 0 ? "/" : page.substring(slash)), browser, system);
    }

    /** The same with what {@code other} knows besides. */
    public Source or(Source other) {
        return new Source(
                host == null ? other.host : host,
                page == null ? other.page : page,
                browser == null ? other.browser : browser,
                system == null ? other.system : system);
    }

    /** The beginning; null of nothing. No character is cut in two, and none is kept that a database cannot keep. */
    private static @Nullable String cut(@Nullable String words) {
        if (words == null || words.isEmpty()) {
            return null;
        }
        int end = Math.min(words.length(), LONGEST);
        if (Character.isHighSurrogate(words.charAt(end - 1)) && end < words.length()) {
            end--;
        }
        return words.substring(0, end).replace('\0', '\ufffd');
    }
}
