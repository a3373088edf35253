package org.libcoop.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libcoop.chat.Content.PatronDetails;

/** What is left of what is known of a patron (X6). */
class PatronDetailsTest {

    @Test
    void whatSaysWhoThePatronWasGoesAndTheConsentStays() {
        PatronDetails all =
                new PatronDetails("Stewart", "s@example.edu", "https://example.edu/?q=s", "Browser", "192.0.2.7", true);

        assertThat(all.isAnonymous()).isFalse();
        assertThat(all.anonymised()).isEqualTo(new PatronDetails(null, null, "https://example.edu/", null, null, true));
        assertThat(all.anonymised().isAnonymous()).isTrue();
        assertThat(PatronDetails.NONE.isAnonymous()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.org, https://example.org",
        "https://example.org/, https://example.org/",
        "http://example.org:8443/a/b, http://example.org:8443/a/b",
        "https://example.org/page?name=stewart#me, https://example.org/page",
        "https://example.org/page#me?x, https://example.org/page",
        "https://example.org/page;jsessionid=7/x, https://example.org/page",
        "https://example.org?name=stewart, https://example.org",
        "https://example.org;name=stewart, https://example.org",
        "https://stewart:secret@example.org/page, https://example.org/page",
        "https://stewart;x@example.org/page, https://example.org/page",
        "https://a@b@example.org/page, https://example.org/page",
        "https://example.org/people/a@b, https://example.org/people/a@b",
        "HTTPS://Example.org/Page, HTTPS://Example.org/Page",
        "https://stewart@, ",
        "https://?name=stewart, ",
        "https:///page, ",
        "about:blank, ",
        "app://stewart/page, ",
        "stewart@example.org, ",
        "'', "
    })
    void ofAReferrerThePageStays(String referrer, String left) {
        PatronDetails known = new PatronDetails(null, null, referrer, null, false);

        assertThat(known.anonymised().referrer()).isEqualTo(left);
        assertThat(known.anonymised().isAnonymous()).isTrue();
    }
}
