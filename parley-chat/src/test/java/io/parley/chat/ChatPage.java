package io.parley.chat;

import io.parley.testkit.Chromium;
import io.parley.testkit.Deadline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The chat's page, as somebody uses it. */
final class ChatPage {

    private static final String COMPOSER = "#composer";
    private static final String TEXTS = ".message .text";

    private final Chromium.Page page;

    ChatPage(Chromium.Page page) {
        this.page = page;
    }

    Chromium.Page browserPage() {
        return page;
    }

    void open(int port) {
        page.goTo("http://127.0.0.1:" + port + "/");
    }

    void submitName(String name) {
        page.fill("#name", name);
        page.click("role=button[name='Enter the chat']");
    }

    void enterAs(String name) {
        submitName(name);
        waitUntilIn();
    }

    void waitUntilIn() {
        page.waitFor(COMPOSER);
        page.waitFor(".start");
    }

    String name() {
        return page.text(".me-name");
    }

    void say(String text) {
        write(text);
        page.press(COMPOSER, "Enter");
    }

    /** Writes without sending. */
    void write(String text) {
        page.fill(COMPOSER, text);
    }

    void waitForMessage(String text) {
        page.waitForText(TEXTS, text);
    }

    /** The messages on the screen and above, as plain text. */
    List<String> messages() {
        return page.texts(TEXTS);
    }

    void create(String room) {
        page.click("role=button[name='Create a room']");
        page.fill("#room-name", room);
        page.press("#room-name", "Enter");
        waitForRoom(room);
    }

    void openRoom(String room) {
        page.click(".room:has-text('" + room + "')");
        waitForRoom(room);
    }

    void waitForRoom(String room) {
        page.waitForText(".room-title h1", room);
    }

    /** Waits until the room list shows so many unread messages of a room. */
    void waitForUnread(String room, int messages) {
        page.waitFor(".room:has-text('" + room + "') .badge:has-text('" + messages + "')");
    }

    void waitForNoUnread(String room) {
        page.waitForGone(".room:has-text('" + room + "') .badge");
    }

    void waitForConnection(String word) {
        page.waitForText(".chip", word);
    }

    /** Scrolls the messages to a share of their height: 0 is the top, 1 the end. */
    void scrollTo(double share) {
        page.evaluate("(list => { list.scrollTop = list.scrollHeight * " + share
                + "; })(document.querySelector('.scroller'))");
    }

    /** Waits until the keyboard is in the field of that id. */
    void waitForFocus(String id) {
        Deadline.await("focus in " + id, () -> id.equals(page.evaluate("document.activeElement.id")));
    }

    Path screenshot(String name) {
        page.evaluate("Promise.all(document.getAnimations().filter(animation => "
                + "animation.effect.getComputedTiming().endTime < Infinity).map(animation => animation.finished))"
                + ".then(() => null)");
        return page.screenshot(name);
    }

    /** What the page complained about: errors on the console, and what its Content-Security-Policy refused. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>(page.consoleErrors());
        complaints.addAll(page.cspViolations());
        return complaints;
    }

    void close() {
        page.close();
    }
}
