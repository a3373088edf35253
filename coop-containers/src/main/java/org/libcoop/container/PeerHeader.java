package org.libcoop.container;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells the endpoint where a peer comes from on servlet containers whose WebSocket handshakes do not say it: in a header, in
 * place of one that the peer sent. To be mapped before the container's own filter.
 */
final class PeerHeader extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(new Named(request), response);
    }

    private static final class Named extends HttpServletRequestWrapper {

        Named(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getHeader(String name) {
            return name.equalsIgnoreCase(Container.PEER_HEADER) ? getRemoteAddr() : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase(Container.PEER_HEADER)
                    ? Collections.enumeration(List.of(getRemoteAddr()))
                    : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            Set<String> names = new LinkedHashSet<>(Collections.list(super.getHeaderNames()));
            names.removeIf(Container.PEER_HEADER::equalsIgnoreCase);
            names.add(Container.PEER_HEADER);
            return Collections.enumeration(names);
        }
    }
}
