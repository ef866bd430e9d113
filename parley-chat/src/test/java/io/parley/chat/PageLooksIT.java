package io.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures of the page, its accessibility, and its use by keyboard alone. */
class PageLooksIT extends PageScenario {

    private static final Path AXE = Path.of("target", "web", "node_modules", "axe-core", "axe.min.js");

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "desktop, light, 1280, 800",
        "desktop, dark, 1280, 800",
        "phone, light, 390, 844",
        "phone, dark, 390, 844",
    })
    void givenAScreen_whenLookedAt_thenThereIsNothingThatAnAuditFinds(
            String screen, String scheme, int width, int height) {
        talk();
        ChatPage page = visit(width, height);
        page.browserPage().emulateMedia("colorScheme", scheme);
        page.screenshot(screen + "-" + scheme + "-name");
        assertThat(audit(page)).as("name screen").isEmpty();

        page.enterAs("Margaret");
        page.waitForMessage("the count belongs");
        page.say("Works on mine, too.");
        page.browserPage().waitFor(".message.sent");
        page.screenshot(screen + "-" + scheme + "-chat");

        assertThat(audit(page)).as("chat").isEmpty();
        assertThat(scrollsSideways(page)).isEqualTo(false);
    }

    private void talk() {
        ChatPeer ada = peer("Ada Lovelace");
        ChatPeer lin = peer("Lin");
        ada.ask("create", Map.of("room", "garden"));
        lin.ask("create", Map.of("room", "release plans"));
        say(ada, "garden", "Tomatoes!");
        say(ada, "lobby", "Morning! The new build is up, can somebody try it on a phone?");
        say(ada, "lobby", "Address as always: https://chat.example/rooms?x=1 (needs no account).");
        say(lin, "lobby", "Works here. One thing I noticed:\n- open a room\n- scroll up\n- the title keeps its count");
        ChatPeer guest = guest();
        guest.tell("chat message", "Hello from a two line script");
        guest.next("chat message");
        say(lin, "lobby", "And it is right: the count belongs to all rooms, not just to the open one.");
    }

    @Test
    void givenAPhone_whenTheDrawersAreOpen_thenTheyAreAccessibleAndEscapeClosesThem() {
        talk();
        ChatPage page = visit(390, 844);
        page.enterAs("Margaret");
        Chromium.Page browser = page.browserPage();

        browser.click("role=button[name='Show the rooms']");
        browser.waitFor(".sidebar.open");
        page.screenshot("phone-light-rooms");
        assertThat(audit(page)).as("rooms").isEmpty();
        assertThat(browser.evaluate("document.querySelector('main').inert")).isEqualTo(true);
        browser.press("Escape");
        browser.waitForGone(".sidebar");

        browser.click("role=button[name=/online$/]");
        browser.waitFor(".people.drawer");
        page.screenshot("phone-light-people");
        assertThat(audit(page)).as("people").isEmpty();
        browser.press("Escape");
        browser.waitForGone(".people");
    }

    @Test
    void givenAKeyboardAndNoMouse_whenUsed_thenEverythingCanBeDone() {
        peer("Ada").ask("create", Map.of("room", "garden"));
        ChatPage page = visit();
        Chromium.Page browser = page.browserPage();

        page.waitForFocus("name");
        browser.press("M");
        browser.press("Enter");
        page.waitUntilIn();
        page.waitForFocus("composer");
        browser.press("h");
        browser.press("Shift+Enter");
        browser.press("i");
        browser.press("Enter");
        page.waitForMessage("h\ni");
        tabTo(page, "Create a room");
        browser.press("Enter");
        page.waitForFocus("room-name");
        browser.press("Escape");
        browser.waitForGone("dialog");
        tabTo(page, "Join garden");
        browser.press("Enter");
        page.waitForRoom("garden");
        page.waitForFocus("composer");
        tabTo(page, "Leave garden");
        browser.press("Space");
        page.waitForRoom("lobby");
    }

    /** Presses the tabulator until the button of that name has the focus, which must be visible on the way. */
    private static void tabTo(ChatPage page, String name) {
        for (int i = 0; i < 40; i++) {
            page.browserPage().press("Tab");
            Object focused = page.browserPage()
                    .evaluate("(element => [element.ariaLabel ?? element.innerText ?? '', "
                            + "element.matches(':focus-visible')])(document.activeElement)");
            List<?> labelAndRing = (List<?>) focused;
            if (String.valueOf(labelAndRing.get(0)).replaceAll("[#\\s]+", " ").contains(name)) {
                assertThat(labelAndRing.get(1)).isEqualTo(true);
                return;
            }
        }
        throw new AssertionError("\"" + name + "\" does not get the focus by the tabulator");
    }

    @Test
    void givenTheChat_whenAScreenReaderAsks_thenItsPartsHaveNames() {
        ChatPage page = enter("Ada");
        page.say("hello");
        page.browserPage().waitFor(".message.sent");

        String outline = page.browserPage().accessibility("body");

        assertThat(outline)
                .contains("navigation \"Rooms\"")
                .contains("main")
                .contains("region \"Messages in lobby\"")
                .contains("textbox \"Message to lobby\"")
                .contains("button \"Send\"")
                .contains("complementary \"Online in lobby\"");
    }

    private static Object scrollsSideways(ChatPage page) {
        return page.browserPage()
                .evaluate("document.documentElement.scrollWidth > innerWidth"
                        + " || document.querySelector('.scroller').scrollWidth"
                        + " > document.querySelector('.scroller').clientWidth");
    }

    /** The rules that the page breaks, each with the elements that do. */
    private static List<?> audit(ChatPage page) {
        Chromium.Page browser = page.browserPage();
        browser.evaluate(read(AXE) + "; null");
        return (List<?>) browser.evaluate("axe.run(document, {resultTypes: ['violations']}).then(result =>"
                + " result.violations.map(violation => violation.id + ': '"
                + " + violation.nodes.map(node => node.html + ' ' + node.failureSummary).join(' | ')))");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError("No axe-core at " + file + " (expected: installed by the page's build)", e);
        }
    }
}
