package io.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Deadline;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two people, each with a page, in a room. */
class PageTalkIT extends PageScenario {

    private boolean refused; // the server did not let a page in

    /** A client that is not let in takes leave of its session, and its next poll may come after its goodbye. */
    @Override
    boolean isExpected(String complaint) {
        return refused && complaint.contains("400 (Bad Request)") && complaint.contains("transport=polling");
    }

    @Test
    void givenTwoPages_whenTheyTalk_thenEachSeesBothInOneOrder() {
        ChatPage ada = enter("Ada");
        ChatPage bob = enter("Bob");

        ada.say("Hello Bob");
        bob.waitForMessage("Hello Bob");
        bob.say("Hello Ada\nhow are you?");
        ada.waitForMessage("how are you?");

        assertThat(ada.messages()).containsExactly("Hello Bob", "Hello Ada\nhow are you?");
        assertThat(bob.messages()).isEqualTo(ada.messages());
        ada.browserPage().waitFor(".message.mine.sent");
        assertThat(bob.browserPage().text(".author")).isEqualTo("Ada");
    }

    @Test
    void givenSomebodyWhoComes_whenTheRoomIsOpen_thenThePageSaysSo() {
        ChatPage ada = enter("Ada");

        enter("Bob");

        ada.browserPage().waitForText(".notice", "Bob joined");
        ada.browserPage().waitForText(".people", "Bob");
        ada.browserPage().waitForText(".people", "Ada (you)");
    }

    @Test
    void givenANameInUse_whenPicked_thenThePageSaysSoAndAnotherOneWorks() {
        enter("Ada");
        ChatPage other = visit();
        refused = true;

        other.submitName("ada");

        other.browserPage().waitForText("#name-problem", "\"Ada\" is here already: choose another name.");
        other.enterAs("Ada Two");
        assertThat(other.name()).isEqualTo("Ada Two");
    }

    @Test
    void givenNoName_whenSubmitted_thenThePageAsksForOne() {
        ChatPage page = visit();

        page.submitName("  ");

        page.browserPage().waitForText("#name-problem", "Write a name first: 1 to 32 characters.");
    }

    @Test
    void givenSomebodyWhoTypes_whenSeen_thenItEndsWithTheMessage() {
        ChatPage ada = enter("Ada");
        ChatPage bob = enter("Bob");

        bob.browserPage().type("#composer", "I am");
        ada.browserPage().waitForText(".typing", "Bob is typing");
        bob.say("I am done");

        ada.waitForMessage("I am done");
        ada.browserPage().waitForGone(".typing bdi");
    }

    @Test
    void givenANewRoom_whenTheOtherJoins_thenUnreadMessagesAreCountedUntilRead() {
        ChatPage ada = enter("Ada");
        ChatPage bob = enter("Bob");

        ada.create("garden");
        bob.openRoom("garden");
        bob.openRoom("lobby");
        ada.say("first");
        ada.say("second");

        bob.waitForUnread("garden", 2);
        Deadline.await("title", () -> bob.browserPage().title().equals("(2) lobby \u00b7 Parley"));
        bob.openRoom("garden");
        bob.waitForMessage("second");
        bob.waitForNoUnread("garden");
        bob.browserPage().waitFor(".new-line");
        assertThat(bob.browserPage().title()).isEqualTo("garden \u00b7 Parley");
    }

    @Test
    void givenARoom_whenLeft_thenTheLobbyIsShownAndTheRoomCanBeJoinedAgain() {
        ChatPage ada = enter("Ada");
        ada.create("garden");
        ada.say("before");

        ada.browserPage().click("role=button[name='Leave garden']");
        ada.waitForRoom("lobby");
        ada.browserPage().waitFor("role=button[name=/Join garden/]");
        ada.openRoom("garden");

        ada.waitForMessage("before");
    }

    @Test
    void givenARoomOfThatName_whenCreated_thenTheDialogSaysSo() {
        ChatPage ada = enter("Ada");

        ada.browserPage().click("role=button[name='Create a room']");
        ada.browserPage().fill("#room-name", "Lobby");
        ada.browserPage().press("#room-name", "Enter");

        ada.browserPage().waitForText("#room-problem", "There is a room");
        ada.browserPage().press("Escape");
        ada.browserPage().waitForGone("dialog");
    }

    @Test
    void givenAReload_whenThePageIsBack_thenNameRoomAndMessagesAreThere() {
        ChatPage ada = enter("Ada");
        ada.create("garden");
        ada.say("still here");
        ada.browserPage().waitFor(".message.sent");

        ada.browserPage().reload();

        ada.waitUntilIn();
        ada.waitForRoom("garden");
        ada.waitForMessage("still here");
        assertThat(ada.name()).isEqualTo("Ada");
    }

    @Test
    void givenTwoTabsOfOnePerson_whenOneTalks_thenTheOtherShowsItAsTheirs() {
        ChatPage one = enter("Ada");
        ChatPage two = tabOf(one);
        two.waitUntilIn();

        one.say("from the first tab");

        two.waitForMessage("from the first tab");
        assertThat(two.browserPage().count(".message.mine")).isEqualTo(1);
        assertThat(one.browserPage().count(".person")).isEqualTo(1);
    }

    @Test
    void givenALongHistory_whenScrolledUp_thenItIsLoadedAndThePlaceIsKept() {
        ChatPeer peer = peer("Talker");
        IntStream.rangeClosed(1, 180).forEach(i -> say(peer, "lobby", "message " + i));
        ChatPage ada = enter("Ada");
        ada.waitForMessage("message 180");

        Deadline.await("the first message", () -> {
            ada.scrollTo(0);
            return ada.messages().contains("message 1");
        });

        assertThat(ada.messages())
                .isEqualTo(IntStream.rangeClosed(1, 180)
                        .mapToObj(i -> "message " + i)
                        .toList());
        ada.scrollTo(0.5);
        String place = topMessage(ada);
        say(peer, "lobby", "news");
        ada.browserPage().waitForText(".pill", "1 new message");
        assertThat(topMessage(ada)).isEqualTo(place);
        ada.browserPage().click(".pill");
        ada.waitForMessage("news");
        ada.browserPage().waitForGone(".pill");
    }

    private static String topMessage(ChatPage page) {
        Object text = page.browserPage()
                .evaluate("[...document.querySelectorAll('.message')].find(row => row.getBoundingClientRect().top > "
                        + "document.querySelector('.scroller').getBoundingClientRect().top).innerText");
        return String.valueOf(text);
    }

    @Test
    void givenMoreMessagesThanAreKept_whenScrolledThrough_thenThePageStaysBounded() {
        ChatPeer peer = peer("Talker");
        IntStream.rangeClosed(1, 700).forEach(i -> say(peer, "lobby", "message " + i));
        ChatPage ada = enter("Ada");
        ada.waitForMessage("message 700");

        Deadline.await("the first message", () -> {
            ada.scrollTo(0);
            return ada.browserPage().text(".message .text").equals("message 1");
        });
        int messagesAtTheTop = ada.browserPage().count(".message");
        ada.browserPage().click(".pill");

        ada.waitForMessage("message 700");
        assertThat(messagesAtTheTop).isBetween(400, 500);
    }

    @Test
    void givenMarkupInEveryPlace_whenShown_thenItIsText() {
        String markup = "<img src=x onerror=alert(1)><b>&amp;</b>";
        ChatPage ada = enter("<i>Ada</i>");
        ChatPage bob = enter("Bob");

        ada.create("<script>x</script>");
        bob.openRoom("<script>x</script>");
        ada.say(markup + " https://a.example/?q=\"><script>");
        ada.say("javascript:alert(1) https://bank.example@evil.example/ (https://b.example/x_(y)).");

        bob.waitForMessage("javascript:");
        assertThat(bob.messages()).first().isEqualTo(markup + " https://a.example/?q=\"><script>");
        assertThat(bob.browserPage().count("main img, main script, main b, main i"))
                .isZero();
        assertThat(links(bob))
                .isEqualTo(List.of(
                        "https://a.example/?q= _blank noopener noreferrer",
                        "https://b.example/x_(y) _blank noopener noreferrer"));
    }

    private static Object links(ChatPage page) {
        return page.browserPage()
                .evaluate("[...document.querySelectorAll('.text a')].map(a => `${a.href} ${a.target} ${a.rel}`)");
    }

    @Test
    void givenATextThatIsTooLong_whenWritten_thenThePageSaysSoAndSendsNothing() {
        ChatPage ada = enter("Ada");

        ada.say("x".repeat(4_003));

        ada.browserPage().waitForText("#composer-hint", "3 characters too many: at most 4000 at a time.");
        assertThat(ada.messages()).isEmpty();
    }

    @Test
    void givenAGuest_whenTheyTalk_thenThePageShowsThemAsAGuest() {
        ChatPage ada = enter("Ada");
        ChatPeer guest = guest();

        guest.tell("chat message", "from a script");

        ada.waitForMessage("from a script");
        assertThat(ada.browserPage().text(".author")).contains("guest-");
        assertThat(ada.browserPage().count(".author .tag")).isEqualTo(1);
        ada.say("to the script");
        assertThat(guest.next("chat message")).isEqualTo("from a script");
        assertThat(guest.next("chat message")).isEqualTo("to the script");
    }
}
