package org.libcoop.fuzz;

import java.time.Duration;
import java.util.List;
import org.libcoop.directory.CoopAccount;
import org.libcoop.directory.Directory;
import org.libcoop.directory.DirectoryBuilder;
import org.libcoop.directory.Option;

/** Who there is: Springy's desk with ana and ben, behind it a co-op with olga of Hill College and ana herself, behind that maya. */
public final class Libraries {

    /** Everybody who works there. */
    public static final List<String> STAFF = List.of("ana", "ben", "olga", "maya");

    private Libraries() {}

    /** The people and the widget {@code databases}; a target adds what it needs besides. */
    public static DirectoryBuilder directory() {
        return Directory.builder()
                .institution("springy", "Springy University")
                .institution("hill", "Hill College")
                .institution("provider", "24/7 Librarians")
                .operator("ana", "springy", "Ana Alvarez")
                .operator("ben", "springy", "Ben Brandt")
                .operator("olga", "hill", "Olga Olsen")
                .operator("maya", "provider", "Maya Mbeki")
                .department("reference", "springy", "Reference", "ana", "ben")
                .globalCoop("academic", "Academic Co-Op")
                .backup("maya")
                .member("springy")
                .member("hill")
                .account("academic", "olga", CoopAccount.Level.REGULAR)
                .account("academic", "ana", CoopAccount.Level.REGULAR)
                .widget(
                        "databases",
                        "springy",
                        widget -> widget.name("Databases")
                                .route(Option.department("reference"), Option.coop("academic"))
                                .timedFallback(Duration.ofSeconds(15)));
    }
}
