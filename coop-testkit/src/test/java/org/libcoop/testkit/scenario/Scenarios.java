package org.libcoop.testkit.scenario;

/** A small well-formed scenario for tests that change one thing of it. */
final class Scenarios {

    static final String HEAD = """
            scenario: A missed chat is answered by the academic co-op
            start: 2026-03-02T17:00:00-05:00
            policies: {ownerGrace: 60s}
            directory:
              institutions:
                springy:  {name: Springy University, zone: America/New_York, departments: {reference: [ana, ben]}, admins: [ana]}
                hill:     {name: Hill College, departments: {hilldesk: [olga]}}
                provider: {name: 24/7 Librarians, operators: [maya]}
              coops:
                academic:
                  kind: global
                  backup: [maya]
                  backupDelay: 40s
                  members: {springy: contributing, hill: contributing}
                  accounts: {olga: regular, ana: institution_admin}
              widgets:
                databases: {institution: springy, route: [reference, academic], timedFallback: 15}
            timeline:
              - {at: 0s, do: sign-in, who: [ana, olga, maya]}
              - {at: 0s, do: monitor, who: [ana], on: [reference]}
              - {at: 0s, do: monitor, who: [olga, maya], on: [academic]}
              - {at: 60s, do: chat, chat: c1, widget: databases, patron: Stewart, question: "I can't download the article"}
            """;

    private Scenarios() {}

    /** The scenario with these steps behind the others, the first of them on line {@link #FIRST_LINE}. */
    static ScenarioFile with(String... steps) {
        return ScenarioFile.parse("test.yaml", text(steps));
    }

    static final int FIRST_LINE = (int) HEAD.lines().count() + 1;

    static String text(String... steps) {
        StringBuilder text = new StringBuilder(HEAD);
        for (String step : steps) {
            text.append("  - {").append(step).append("}\n");
        }
        return text.toString();
    }
}
