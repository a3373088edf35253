package edu.example.library;

import java.security.Principal;
import javax.sql.DataSource;
import org.libcoop.directory.OperatorId;
import org.libcoop.memory.Tickets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.JdbcUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The platform's log-in, as it was, with two exceptions for patrons, and a ticket for pages of librarians. */
@Configuration(proxyBeanMethods = false)
class LogInConfiguration {

    /** Patrons have no log-in, and the socket asks for tickets and keys itself. */
    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/coop", "/coop-web/**")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .httpBasic(Customizer.withDefaults())
                .formLogin(Customizer.withDefaults())
                .build();
    }

    @Bean
    UserDetailsService users(DataSource database) {
        JdbcUserDetailsManager users = new JdbcUserDetailsManager(database);
        users.setUsersByUsernameQuery("select login, password, true from staff where login = ?");
        users.setAuthoritiesByUsernameQuery("select login, 'LIBRARIAN' from staff where login = ?");
        return users;
    }

    @RestController
    static class TicketController {

        private final Tickets tickets;

        TicketController(Tickets tickets) {
            this.tickets = tickets;
        }

        /** What the page presents in the first frame of its connection. No page of another site can read it. */
        @GetMapping("/chat-ticket")
        String ticket(Principal user) {
            return tickets.issue(OperatorId.of(user.getName()));
        }
    }
}
