package org.libcoop.example;

import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * In front of everything, the WebSocket included: answers only requests for this machine by its own names, and puts the
 * security headers on every answer.
 *
 * <p>A page of another site can have its own name resolved to this machine and would then be "the same origin" to a browser;
 * its requests still carry that name.
 */
final class Guard extends Handler.Wrapper {

    private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final HttpField NO_SNIFFING = new PreEncodedHttpField("X-Content-Type-Options", "nosniff");
    private static final HttpField REFERRER = new PreEncodedHttpField("Referrer-Policy", "same-origin");
    private static final HttpField OPENER = new PreEncodedHttpField("Cross-Origin-Opener-Policy", "same-origin");
    private static final HttpField RESOURCES = new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin");
    private static final String POLICY =
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "connect-src 'self' ws://%s; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String host = request.getHeaders().get(HttpHeader.HOST);
        response.getHeaders().add(NO_SNIFFING).add(REFERRER).add(OPENER).add(RESOURCES);
        if (host == null || !OWN_NAMES.contains(nameOf(host))) {
            Response.writeError(request, response, callback, HttpStatus.MISDIRECTED_REQUEST_421);
            return true;
        }
        if (HttpMethod.TRACE.is(request.getMethod())) {
            Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
            return true;
        }
        response.getHeaders().put("Content-Security-Policy", POLICY.formatted(host));
        return super.handle(request, response, callback);
    }

    /** The host without its port: digits behind the last colon, which in an IPv6 address stands behind the bracket. */
    private static String nameOf(String host) {
        return host.replaceFirst(":\\d{1,5}$", "");
    }
}
