package org.libcoop.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Instant;
import java.util.Optional;

/** The dashboard, as a librarian uses it. */
record LibrarianPage(Page page) {

    /** Switches monitoring on. */
    LibrarianPage monitor(String option) {
        page.getByRole(AriaRole.SWITCH, new Page.GetByRoleOptions().setName(option))
                .check();
        return this;
    }

    void status(String name) {
        page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName(name))
                .check();
    }

    /** The waiting chats. */
    Locator waiting() {
        return page.locator(".item");
    }

    /** The waiting chat of this patron. */
    Locator waiting(String patron) {
        return waiting()
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator(".open", new Page.LocatorOptions().setHasText(patron))));
    }

    Locator claimButton(String patron) {
        return waiting(patron).locator(".claim");
    }

    void claim(String patron) {
        claimButton(patron).click();
    }

    /** Looks into a waiting chat without claiming it. */
    Locator preview(String patron) {
        waiting(patron).locator(".open").click();
        return page.locator(".pane.preview");
    }

    /** What just left the list. */
    Locator gone() {
        return page.locator(".gone li");
    }

    /** Own chats, side by side. */
    Locator chats() {
        return page.locator(".pane.chat");
    }

    Locator messages() {
        return chats().locator(".bubble");
    }

    void say(String text) {
        chats().getByRole(AriaRole.TEXTBOX).fill(text);
        chats().getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Send").setExact(true))
                .click();
    }

    void note(String text) {
        chats().getByRole(AriaRole.RADIO, new Locator.GetByRoleOptions().setName("Note"))
                .check();
        chats().getByRole(AriaRole.TEXTBOX).fill(text);
        chats().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Save note"))
                .click();
        chats().getByRole(AriaRole.RADIO, new Locator.GetByRoleOptions().setName("Reply"))
                .check();
    }

    /** Ends the one own chat, with this answer to how it ended. */
    void end(String disposition) {
        chats().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("End…"))
                .click();
        Locator question = page.getByRole(AriaRole.DIALOG);
        question.getByRole(AriaRole.RADIO, new Locator.GetByRoleOptions().setName(disposition))
                .check();
        question.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("End chat"))
                .click();
    }

    /** Offers the one own chat to whoever goes by this name. */
    void handOver(String target) {
        chats().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Hand over…"))
                .click();
        Locator question = page.getByRole(AriaRole.DIALOG);
        question.getByRole(AriaRole.RADIO, new Locator.GetByRoleOptions().setName(target))
                .check();
        question.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Offer chat"))
                .click();
    }

    /** Takes the one own chat, which is over, off the desk. */
    void putAway() {
        chats().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Put away"))
                .click();
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator connection() {
        return page.locator(".link");
    }

    /** When the waiting chat of this patron was first in the list. */
    Optional<Instant> sighting(String patron) {
        Object millis = page.evaluate("name => window.sightings[name] ?? null", patron);
        return Optional.ofNullable(millis).map(number -> Instant.ofEpochMilli(((Number) number).longValue()));
    }
}
