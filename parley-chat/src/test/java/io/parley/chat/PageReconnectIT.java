package io.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Deadline;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the page makes of a server that goes away and comes back, or of a network that does. */
class PageReconnectIT extends PageScenario {

    /** The browser itself writes each failed connection and each refused request to the console. */
    @Override
    boolean isExpected(String complaint) {
        return isRefusedPoll(complaint)
                || complaint.contains("ERR_CONNECTION_REFUSED")
                || complaint.contains("ERR_INTERNET_DISCONNECTED")
                || complaint.contains("ERR_EMPTY_RESPONSE")
                || complaint.contains("ERR_CONNECTION_RESET")
                || complaint.startsWith("WebSocket connection to ");
    }

    /** A page that still polls is told that the server closes (503), or that it does not know its session (400). */
    private static boolean isRefusedPoll(String complaint) {
        return complaint.contains("/socket.io/?EIO=4&transport=polling")
                && (complaint.contains("status of 503") || complaint.contains("status of 400"));
    }

    @Test
    void givenAServerThatIsRestarted_whenItIsBack_thenThePageGoesOnWithoutAReload() {
        ChatPage ada = enter("Ada");
        ChatPage bob = enter("Bob");
        ada.say("before");
        bob.waitForMessage("before");
        ada.browserPage().evaluate("window.sameDocument = true");

        int port = stop();
        ada.waitForConnection("Reconnecting");
        ada.browserPage().waitForText(".banner", "Reconnecting in");
        ada.say("while it was away");
        ada.browserPage().waitFor(".message.pending");
        start(port);

        bob.waitForMessage("while it was away");
        ada.waitForConnection("Connected");
        ada.browserPage().waitForGone(".message.pending");
        Deadline.awaitPassing(
                () -> { // what was missed is fetched after the page is connected
                    assertThat(ada.messages()).containsExactly("before", "while it was away");
                    assertThat(bob.messages()).isEqualTo(ada.messages());
                });
        assertThat(ada.browserPage().evaluate("window.sameDocument")).isEqualTo(true);
        assertThat(ada.name()).isEqualTo("Ada");
    }

    @Test
    void givenMessagesMissedWhileAway_whenThePageIsBack_thenEachIsThereOnceAndInOrder() {
        ChatPage ada = enter("Ada");
        say(peer("Talker"), "lobby", "message 0");
        ada.waitForMessage("message 0");

        int port = stop();
        ada.waitForConnection("Reconnecting");
        IntStream.rangeClosed(1, 3).forEach(i -> ada.say("mine " + i));
        start(port);
        ChatPeer talker = peer("Talker Two");
        IntStream.rangeClosed(1, 120).forEach(i -> say(talker, "lobby", "message " + i));

        ada.waitForConnection("Connected");
        Deadline.awaitPassing(() -> assertThat(ada.messages().stream().filter(text -> text.startsWith("message ")))
                .containsExactlyElementsOf(IntStream.rangeClosed(0, 120)
                        .mapToObj(i -> "message " + i)
                        .toList()));
        assertThat(ada.messages().stream().filter(text -> text.startsWith("mine ")))
                .containsExactly("mine 1", "mine 2", "mine 3");
    }

    @Test
    void givenAReloadWhileTheServerIsAway_whenItIsBack_thenWhatWasWrittenIsSentOnce() {
        ChatPage ada = enter("Ada");
        ChatPage bob = enter("Bob");

        int port = stop();
        ada.waitForConnection("Reconnecting");
        ada.say("do not lose me");
        ada.browserPage().waitFor(".message.pending");
        start(port);
        ada.browserPage().reload();

        ada.waitUntilIn();
        bob.waitForMessage("do not lose me");
        ada.browserPage().waitFor(".message.sent");
        assertThat(ada.messages()).containsExactly("do not lose me");
        assertThat(bob.messages()).containsExactly("do not lose me");
    }

    @Test
    void givenAServerThatIsAway_whenSomebodyTriesAgainAtOnce_thenThePageDoesNotWait() {
        ChatPage ada = enter("Ada");
        int port = stop();
        ada.waitForConnection("Reconnecting");

        start(port);
        ada.browserPage()
                .evaluate("document.querySelector('.banner button')?.click()"); // it may be back by itself already

        ada.waitForConnection("Connected");
        ada.browserPage().waitForGone(".banner");
    }
}
