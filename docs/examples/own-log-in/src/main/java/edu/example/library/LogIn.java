package edu.example.library;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Map;
import org.libcoop.directory.OperatorId;
import org.libcoop.memory.Tickets;

/**
 * The platform's own log-in, as it was, and one thing more: a page of somebody who is logged in gets a ticket here, which lets
 * it into the chat once within a minute.
 */
public final class LogIn extends HttpServlet {

    private static final String USER = "user";

    private final transient Map<String, String> passwords;
    private final transient Tickets tickets;

    public LogIn(Map<String, String> passwords, Tickets tickets) {
        this.passwords = passwords;
        this.tickets = tickets;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getPathInfo().equals("/in")) {
            String user = request.getParameter(USER);
            // A real platform keeps hashes and asks its own user service.
            if (user == null || !passwords.getOrDefault(user, "").equals(request.getParameter("password"))) {
                response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
                return;
            }
            request.getSession().setAttribute(USER, user);
            return;
        }
        HttpSession session = request.getSession(false);
        Object user = session == null ? null : session.getAttribute(USER);
        if (user == null) {
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            response.getWriter().print(tickets.issue(OperatorId.of((String) user)));
        }
    }
}
