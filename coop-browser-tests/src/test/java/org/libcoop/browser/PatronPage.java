package org.libcoop.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** A library page with the patron's chat, as a patron uses it. */
record PatronPage(Page page) {

    /** Opens the chat window. */
    PatronPage openChat() {
        launcher().click();
        return this;
    }

    /** Fills the form and starts a chat. */
    PatronPage ask(String name, String question) {
        page.locator("coop-chat #name").fill(name);
        page.locator("coop-chat #question").fill(question);
        button("Start chat").click();
        return this;
    }

    /** Fills in the address that the form asks for. */
    void email(String address) {
        page.locator("coop-chat #email").fill(address);
    }

    void say(String text) {
        page.getByLabel("Your message").fill(text);
        button("Send").click();
    }

    void endChat() {
        button("End chat").click();
        page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("End this chat?"))
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("End chat"))
                .click();
    }

    /** The button that opens the chat window; it is gone while that is open. */
    Locator launcher() {
        return page.locator("coop-chat .launcher");
    }

    Locator window() {
        return page.getByRole(AriaRole.DIALOG);
    }

    /** Whom the window's head names: the library, or who answers. */
    Locator head() {
        return window().locator("header h2");
    }

    Locator subhead() {
        return window().locator(".subtitle");
    }

    Locator log() {
        return page.getByRole(AriaRole.LOG);
    }

    /** The texts of all messages in the log, in order. */
    Locator messages() {
        return log().locator(".bubble");
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
