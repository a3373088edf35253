package org.libcoop.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Predicate;

/** Whether the page that asks may, by the origin that its browser says (W1, G20). */
final class Origins {

    private static final String PREFLIGHT_SECONDS = "600";

    private Origins() {}

    /**
     * Whether the page is of this host, or of an origin that is {@code named}, which its browser is told. Browsers say where a page comes from
     * whenever it is not the address asked; who says nothing is that, or no browser.
     */
    static boolean admits(HttpServletRequest request, HttpServletResponse response, Predicate<String> named) {
        String origin = request.getHeader("Origin");
        String host = request.getHeader("Host");
        boolean own = origin == null
                || (host != null && (origin.equals("https://" + host) || origin.equals("http://" + host)));
        if (own) {
            return true;
        }
        if (!named.test(origin)) {
            return false;
        }
        response.setHeader("Access-Control-Allow-Origin", origin);
        return true;
    }

    /** Answers a browser that asks before a page of another origin does: it may, with these {@code headers}. */
    static void preflight(HttpServletResponse response, String headers) {
        response.setHeader("Access-Control-Allow-Methods", "GET, POST");
        response.setHeader("Access-Control-Allow-Headers", headers);
        response.setHeader("Access-Control-Max-Age", PREFLIGHT_SECONDS);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
