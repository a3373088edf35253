package org.libcoop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.util.List;
import org.junit.jupiter.api.Test;

@InChromium
class ChromiumTest {
    @Test
    void personsOfATestDoNotShareWhatTheirBrowsersRemember(Browser browser) {
        try (BrowserContext patron = browser.newContext();
                BrowserContext librarian = browser.newContext()) {
            Page page = librarian.newPage();
            page.setContent("<main><h1>Reference desk</h1></main>");
            patron.addCookies(List.of(new Cookie("seat", "1").setUrl("https://library.example.edu")));

            assertThat(page.locator("h1").textContent()).isEqualTo("Reference desk");
            assertThat(patron.cookies()).hasSize(1);
            assertThat(librarian.cookies()).isEmpty();
        }
    }
}
