package io.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.testkit.Json;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatServerTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    Path folder;

    private final List<ChatPeer> peers = new ArrayList<>();
    private ChatServer server;

    @BeforeEach
    void start() {
        start(builder());
    }

    private ChatServer.Builder builder() {
        return ChatServer.builder(folder.resolve("data")).gracePeriod(LONG);
    }

    private void start(ChatServer.Builder builder) {
        if (server != null) {
            server.close();
        }
        server = builder.build().start();
    }

    @AfterEach
    void close() {
        peers.forEach(ChatPeer::close);
        server.close();
    }

    @Test
    void givenSomebodyNew_whenConnected_thenTheyAreWelcomedToTheLobby() {
        Map<String, Object> welcome = join("Ada").nextObject("welcome");

        assertThat(Json.object(welcome.get("user")))
                .containsEntry("name", "Ada")
                .containsEntry("guest", false);
        assertThat(welcome).containsEntry("guests", true);
        assertThat(welcome.get("limits")).isEqualTo(Map.of("text", 4000, "name", 32, "room", 32));
        assertThat(welcome.get("rooms"))
                .isEqualTo(List.of(Map.of("name", "lobby", "members", 1, "joined", true, "unread", 0, "lastId", 0)));
    }

    @Test
    void givenTwoPeople_whenOneSpeaks_thenBothHearItOnceAndItIsAcknowledged() {
        ChatPeer ada = join("Ada");
        ChatPeer bob = join("Bob");

        Map<String, Object> reply = say(ada, "lobby", "k1", "hello <b>Bob</b> 👋");

        assertThat(reply).containsEntry("ok", true).containsEntry("id", 1);
        Map<String, Object> heard = bob.nextObject("message");
        assertThat(heard)
                .containsEntry("room", "lobby")
                .containsEntry("id", 1)
                .containsEntry("key", "k1")
                .containsEntry("text", "hello <b>Bob</b> 👋")
                .containsEntry("at", reply.get("at"));
        assertThat(Json.object(heard.get("user"))).containsEntry("name", "Ada");
        assertThat(ada.nextObject("message")).isEqualTo(heard);
        assertThat(bob.soFar("message")).isEmpty();
    }

    @Test
    void givenAMessage_whenSentAgainWithTheSameKey_thenItIsPostedOnce() {
        ChatPeer ada = join("Ada");

        Map<String, Object> first = say(ada, "lobby", "k1", "hello");
        Map<String, Object> again = say(ada, "lobby", "k1", "hello");

        assertThat(again).isEqualTo(first);
        assertThat(ada.soFar("message")).hasSize(1);
    }

    @Test
    void givenMessagesSentWithoutWaiting_whenStored_thenTheyKeepTheirOrder() {
        ChatPeer ada = join("Ada");
        ChatPeer bob = join("Bob");

        for (int i = 1; i <= 20; i++) {
            ada.send("say", Map.of("room", "lobby", "key", "k" + i, "text", "message " + i));
        }

        for (int i = 1; i <= 20; i++) {
            assertThat(bob.nextObject("message")).containsEntry("id", i).containsEntry("text", "message " + i);
        }
    }

    @Test
    void givenANameInUse_whenSomebodyElseComesWithIt_thenTheyAreToldToChooseAnother() {
        join("Ada");

        Map<String, Object> refusal = ChatPeer.refusal(server.port(), "/chat", Map.of("name", "ａda"));

        assertThat(refusal)
                .isEqualTo(Map.of(
                        "message",
                        "\"Ada\" is here already: choose another name.",
                        "data",
                        Map.of("code", "name_taken")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|name_invalid|There is no name: choose one.",
                "{\"name\":42}|name_invalid|There is no name: choose one.",
                "{\"name\":\"\"}|name_invalid|The name is empty: write 1 to 32 characters.",
                "{\"name\":\"guest-1\"}|name_invalid|Names that begin with \"guest-\" are for guests: choose another.",
                "{\"session\":\"x.y.z\"}|session_invalid|Your session has ended: choose a name.",
                "{\"session\":\"x.y.z\",\"name\":\" \"}|name_invalid|The name is empty: write 1 to 32 characters.",
            })
    void givenNoUsableName_whenConnecting_thenTheRefusalSaysWhy(String auth, String code, String message) {
        Map<String, Object> refusal = ChatPeer.refusal(server.port(), "/chat", Json.parseObject(auth));

        assertThat(refusal).isEqualTo(Map.of("message", message, "data", Map.of("code", code)));
    }

    @Test
    void givenASession_whenReconnecting_thenTheyAreTheSamePersonAndNobodyHearsOfIt() {
        ChatPeer bob = join("Bob");
        ChatPeer ada = join("Ada");
        Map<String, Object> welcome = ada.nextObject("welcome");
        assertThat(Json.object(bob.nextObject("joined").get("user"))).containsEntry("name", "Ada");

        ada.close();
        ChatPeer back = resume(welcome, "Ada");

        assertThat(back.nextObject("welcome").get("user")).isEqualTo(welcome.get("user"));
        assertThat(bob.soFar("joined")).isEmpty();
        assertThat(bob.soFar("left")).isEmpty();
    }

    @Test
    void givenASession_whenSomebodyElseHasTheNameMeanwhile_thenItIsRefused() {
        start(builder().gracePeriod(SHORT));
        ChatPeer watcher = join("Watcher");
        ChatPeer ada = join("Ada");
        Map<String, Object> session =
                Map.of("session", ada.nextObject("welcome").get("session"));
        ada.close();
        assertThat(watcher.nextObject("left")).containsEntry("room", "lobby");

        join("ada");

        assertThat(ChatPeer.refusal(server.port(), "/chat", session).get("data"))
                .isEqualTo(Map.of("code", "name_taken"));
    }

    @Test
    void givenASessionOfAnotherName_whenConnectingWithAName_thenTheNameCounts() {
        Map<String, Object> welcome = join("Ada").nextObject("welcome");

        ChatPeer eve = person(Map.of("name", "Eve", "session", welcome.get("session")));

        Map<String, Object> user = Json.object(eve.nextObject("welcome").get("user"));
        assertThat(user).containsEntry("name", "Eve");
        assertThat(user.get("id")).isNotEqualTo(Json.object(welcome.get("user")).get("id"));
    }

    @Test
    void givenTwoTabsOfOnePerson_whenOneCloses_thenTheyAreStillOnlineOnce() {
        ChatPeer bob = join("Bob");
        ChatPeer tab = join("Ada");
        ChatPeer otherTab = resume(tab.nextObject("welcome"), "Ada");
        otherTab.nextObject("welcome");

        tab.close();

        assertThat(namesOnline(otherTab, "lobby")).containsExactly("Bob", "Ada");
        assertThat(bob.soFar("left")).isEmpty();
    }

    @Test
    void givenSomebodyWhoGoes_whenTheGracePeriodIsOver_thenTheOthersHearIt() {
        start(builder().gracePeriod(SHORT));
        ChatPeer bob = join("Bob");
        ChatPeer ada = join("Ada");
        Object user = ada.nextObject("welcome").get("user");

        ada.close();

        Map<String, Object> left = bob.nextObject("left");
        assertThat(left).containsEntry("room", "lobby").containsEntry("user", user);
        assertThat(namesOnline(bob, "lobby")).containsExactly("Bob");
    }

    @Test
    void givenARoom_whenCreated_thenEverybodySeesItAndOthersCanJoin() {
        ChatPeer ada = join("Ada");
        ChatPeer bob = join("Bob");

        Map<String, Object> created = ada.ask("create", Map.of("room", " Garden  party "));

        assertThat(created).containsEntry("ok", true).containsEntry("more", false);
        assertThat(Json.object(created.get("room"))).containsEntry("name", "Garden party");
        assertThat(nextRoom(bob, "Garden party")).containsEntry("members", 1).doesNotContainKey("joined");
        assertThat(bob.ask("join", Map.of("room", "garden PARTY"))).containsEntry("ok", true);
        assertThat(Json.object(ada.nextObject("joined").get("user"))).containsEntry("name", "Bob");
        say(bob, "Garden party", "k1", "hi");
        assertThat(ada.nextObject("message")).containsEntry("room", "Garden party");
    }

    @Test
    void givenAMember_whenLeaving_thenTheyHearNothingMoreOfIt() {
        ChatPeer ada = join("Ada");
        ChatPeer bob = join("Bob");
        ada.ask("create", Map.of("room", "garden"));
        bob.ask("join", Map.of("room", "garden"));

        assertThat(bob.ask("leave", Map.of("room", "garden"))).isEqualTo(Map.of("ok", true));
        say(ada, "garden", "k1", "only me?");

        assertThat(ada.nextObject("left")).containsEntry("room", "garden");
        assertThat(bob.soFar("message")).isEmpty();
        assertThat(say(bob, "garden", "k2", "hello?"))
                .isEqualTo(refused("not_member", "You are not in \"garden\": join it first."));
    }

    @Test
    void givenSomebodyInTwoTabs_whenOneJoinsARoom_thenTheOtherHearsItToo() {
        ChatPeer tab = join("Ada");
        ChatPeer other = resume(tab.nextObject("welcome"), "Ada");
        other.nextObject("welcome");

        tab.ask("create", Map.of("room", "garden"));

        assertThat(nextRoomOfMine(other, "garden")).containsEntry("joined", true);
        say(tab, "garden", "k1", "hi");
        assertThat(other.nextObject("message")).containsEntry("room", "garden");
    }

    @Test
    void givenMessagesUnread_whenComingBack_thenTheyAreCountedUntilRead() {
        ChatPeer bob = join("Bob");
        ChatPeer ada = join("Ada");
        Map<String, Object> welcome = ada.nextObject("welcome");
        ada.close();
        say(bob, "lobby", "k1", "one");
        say(bob, "lobby", "k2", "two");

        ChatPeer back = resume(welcome, "Ada");

        assertThat(lobbyOf(back.nextObject("welcome")))
                .containsEntry("unread", 2)
                .containsEntry("lastId", 2);
        assertThat(back.ask("read", Map.of("room", "lobby", "id", 1))).isEqualTo(Map.of("ok", true));
        assertThat(nextRoomOfMine(back, "lobby")).containsEntry("unread", 1);
        say(back, "lobby", "k3", "three");
        assertThat(lobbyOf(back.ask("rooms"))).containsEntry("unread", 0);
        assertThat(lobbyOf(bob.ask("rooms"))).containsEntry("unread", 1);
    }

    @Test
    void givenALongHistory_whenAskedPageByPage_thenItComesInOrder() {
        ChatPeer ada = join("Ada");
        for (int i = 1; i <= 7; i++) {
            say(ada, "lobby", "k" + i, "message " + i);
        }

        assertThat(history(ada, Map.of("room", "lobby", "limit", 3))).containsExactly(5, 6, 7);
        assertThat(history(ada, Map.of("room", "lobby", "limit", 3, "before", 5)))
                .containsExactly(2, 3, 4);
        assertThat(history(ada, Map.of("room", "lobby", "limit", 3, "before", 2)))
                .containsExactly(1);
        assertThat(history(ada, Map.of("room", "lobby", "after", 5))).containsExactly(6, 7);
        assertThat(history(ada, Map.of("room", "lobby", "limit", 1_000_000))).hasSize(7);
    }

    @Test
    void givenARestart_whenComingBack_thenRoomsAndMessagesAreThereAndNoNameIsNews() {
        ChatPeer ada = join("Ada");
        ChatPeer bob = join("Bob");
        Map<String, Object> adasWelcome = ada.nextObject("welcome");
        Map<String, Object> bobsWelcome = bob.nextObject("welcome");
        ada.ask("create", Map.of("room", "garden"));
        say(ada, "garden", "k1", "before");

        start(builder());
        ChatPeer adaAgain = resume(adasWelcome, "Ada");
        ChatPeer bobAgain = resume(bobsWelcome, "Bob");

        bobAgain.nextObject("welcome");
        Map<String, Object> joined = adaAgain.ask("join", Map.of("room", "garden"));
        assertThat(joined.get("messages"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .singleElement()
                .satisfies(message -> assertThat(Json.object(message)).containsEntry("text", "before"));
        assertThat(say(adaAgain, "garden", "k2", "after")).containsEntry("id", 2);
        assertThat(adaAgain.soFar("joined")).isEmpty();
    }

    @Test
    void givenSomebodyWhoTypes_whenToldToTheRoom_thenOnlyTheOthersHearIt() {
        ChatPeer ada = join("Ada");
        ChatPeer bob = join("Bob");

        ada.tell("typing", Map.of("room", "lobby", "typing", true));
        ada.tell("typing", Map.of("room", "lobby", "typing", false));

        assertThat(bob.nextObject("typing")).containsEntry("room", "lobby").containsEntry("typing", true);
        assertThat(bob.nextObject("typing")).containsEntry("typing", false);
        assertThat(ada.soFar("typing")).isEmpty();
    }

    @Test
    void givenAFlood_whenLimited_thenItSaysWhenToTryAgainAndTheOthersGoOn() {
        start(builder().messageRate(1, 3));
        ChatPeer ada = join("Ada");
        ChatPeer bob = join("Bob");
        for (int i = 1; i <= 3; i++) {
            assertThat(say(ada, "lobby", "k" + i, "spam")).containsEntry("ok", true);
        }

        Map<String, Object> refusal = say(ada, "lobby", "k4", "spam");

        assertThat(refusal).containsEntry("ok", false).containsEntry("code", "flood");
        assertThat((String) refusal.get("message")).matches("Too much at once: try again in \\d\\.\\d s\\.");
        assertThat((int) refusal.get("retryAfter")).isBetween(1, 1000);
        assertThat(say(bob, "lobby", "k1", "hi")).containsEntry("ok", true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "say|{}|invalid|room: missing (expected: a string).",
                "say|{\"room\":\"lobby\",\"key\":\"k\",\"text\":42}|invalid|text: 42 (expected: a string).",
                "say|{\"room\":\"lobby\",\"key\":\"k\",\"text\":[]}|invalid|text: something else (expected: a string).",
                "say|{\"room\":\"lobby\",\"key\":\"k\",\"text\":\" \"}|invalid|The message is empty: write something.",
                "say|{\"room\":\"lobby\",\"key\":\"a b\",\"text\":\"x\"}|invalid"
                        + "|key: expected 1 to 64 letters, digits, '-', '_', '.' or ':'.",
                "say|{\"room\":\"nowhere\",\"key\":\"k\",\"text\":\"x\"}|not_found"
                        + "|There is no room of that name (yet).",
                "say|7|invalid|The request is no object (expected: one with the fields of the request).",
                "join|{\"room\":\"nowhere\"}|not_found|There is no room of that name (yet).",
                "create|{\"room\":\"Lobby\"}|exists"
                        + "|There is a room \"Lobby\" already: join it, or choose another name.",
                "create|{\"room\":\"\"}|invalid|The room name is empty: write 1 to 32 characters.",
                "leave|{\"room\":\"lobby\"}|invalid|Everybody is in the lobby: nobody can leave it.",
                "history|{\"room\":\"lobby\",\"before\":1,\"after\":1}|invalid"
                        + "|before and after in one request (expected: one of them, or none).",
                "history|{\"room\":\"lobby\",\"before\":-1}|invalid"
                        + "|before: -1 (expected: an integer of 0 or more).",
                "history|{\"room\":\"lobby\",\"limit\":1.5}|invalid"
                        + "|limit: 1.5 (expected: an integer of 0 or more).",
                "read|{\"room\":\"lobby\"}|invalid|id: missing (expected: an integer).",
                "typing|{\"room\":\"lobby\",\"typing\":\"yes\"}|invalid"
                        + "|typing: something else (expected: true or false).",
            })
    void givenABadRequest_whenAsked_thenTheAnswerSaysWhatIsWrong(
            String event, String request, String code, String message) {
        ChatPeer ada = join("Ada");

        assertThat(ada.ask(event, Json.parse(request))).isEqualTo(refused(code, message));
        assertThat(ada.ask("rooms")).containsEntry("ok", true);
    }

    @Test
    void givenALongText_whenSaid_thenItIsTooLong() {
        ChatPeer ada = join("Ada");

        assertThat(say(ada, "lobby", "k1", "😀".repeat(4000))).containsEntry("ok", true);
        assertThat(say(ada, "lobby", "k2", "x".repeat(4001)))
                .isEqualTo(refused("too_long", "The message is 4001 characters long: send at most 4000 at a time."));
    }

    @Test
    void givenAllRoomsThereMayBe_whenOneMoreIsCreated_thenItIsRefused() {
        start(builder().maxRooms(2));
        ChatPeer ada = join("Ada");
        ada.ask("create", Map.of("room", "garden"));

        assertThat(ada.ask("create", Map.of("room", "cellar")))
                .isEqualTo(refused("limit", "There are 2 rooms, which is as many as this chat takes: join one."));
    }

    @Test
    void givenAFullChat_whenOneMoreComes_thenTheyAreRefused() {
        start(builder().maxUsers(1));
        join("Ada");

        assertThat(ChatPeer.refusal(server.port(), "/chat", Map.of("name", "Bob")))
                .isEqualTo(Map.of(
                        "message",
                        "The chat is full (1 people): try again when somebody has left.",
                        "data",
                        Map.of("code", "limit")));
    }

    @Test
    void givenAGuest_whenTheyAndOthersSpeakInTheLobby_thenEverybodyHears() {
        ChatPeer ada = join("Ada");
        ChatPeer guest = guest();
        Map<String, Object> joined = Json.object(ada.nextObject("joined").get("user"));
        assertThat((String) joined.get("name")).matches("guest-[a-z2-9]{4}");
        assertThat(joined).containsEntry("guest", true);

        Map<String, Object> reply = guest.ask("chat message", "hello from two lines of code");
        say(ada, "lobby", "k1", "welcome");

        assertThat(reply).containsEntry("ok", true);
        assertThat(ada.nextObject("message"))
                .containsEntry("text", "hello from two lines of code")
                .containsEntry("user", joined);
        assertThat(guest.next("chat message")).isEqualTo("hello from two lines of code");
        assertThat(guest.next("chat message")).isEqualTo("welcome");
    }

    @Test
    void givenAGuest_whenTheySpeakElsewhere_thenOtherRoomsStayQuiet() {
        ChatPeer ada = join("Ada");
        ChatPeer guest = guest();
        ada.ask("create", Map.of("room", "garden"));

        say(ada, "garden", "k1", "members only");

        assertThat(guest.soFar("chat message")).isEmpty();
    }

    @Test
    void givenAGuest_whenTheyGo_thenTheyHaveLeftAtOnce() {
        ChatPeer ada = join("Ada");
        ChatPeer guest = guest();
        Object user = ada.nextObject("joined").get("user");

        guest.close();

        assertThat(ada.nextObject("left")).containsEntry("user", user);
        assertThat(namesOnline(ada, "lobby")).containsExactly("Ada");
    }

    @Test
    void givenAGuestWhoFloodsOrSendsNoText_whenRefused_thenTheyAreTold() {
        start(builder().messageRate(1, 2));
        ChatPeer guest = guest();

        Map<String, Object> noText = guest.ask("chat message", 42);
        guest.tell("chat message", "one");
        Map<String, Object> flood = guest.ask("chat message", "two");

        assertThat(noText).isEqualTo(refused("invalid", "The message is no string: send its text."));
        assertThat(guest.nextObject("chat error")).isEqualTo(noText);
        assertThat(flood).containsEntry("code", "flood");
        assertThat(guest.nextObject("chat error")).isEqualTo(flood);
    }

    @Test
    void givenNoGuests_whenOneComes_thenTheyAreToldHowToComeIn() {
        start(builder().guests(false));

        assertThat(join("Ada").nextObject("welcome")).containsEntry("guests", false);
        assertThat(ChatPeer.refusal(server.port(), "/", Map.of()))
                .isEqualTo(Map.of(
                        "message",
                        "This chat takes no guests: connect to the namespace /chat with a name.",
                        "data",
                        Map.of("code", "guests_off")));
    }

    @Test
    void givenAPortThatIsTaken_whenStarted_thenItSaysSoAndHoldsNothing() {
        Path other = folder.resolve("other");

        assertThatThrownBy(() ->
                        ChatServer.builder(other).port(server.port()).build().start())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(String.valueOf(server.port()));
        try (ChatServer next = ChatServer.builder(other).build().start()) {
            assertThat(next.port()).isPositive();
        }
    }

    @Test
    void givenADataFolderInUse_whenAnotherServerStarts_thenItSaysByWhom() {
        Path data = folder.resolve("data");

        assertThatThrownBy(() -> builder().build().start())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Data folder " + data + " is in use by process "
                        + ProcessHandle.current().pid()
                        + " (expected: one server a folder); stop that one or choose another folder");
    }

    @Test
    void givenADataFolderThatIsAFile_whenStarted_thenItSaysSo() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "I am in the way");

        assertThatThrownBy(() -> ChatServer.builder(file).build().start())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Data folder " + file + " cannot be written: java.nio.file.FileAlreadyExistsException: "
                        + file + " (expected: a folder of your own)");
    }

    @Test
    void givenANewDataFolder_whenMade_thenOnlyItsOwnerSeesIt() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data"))))
                .isEqualTo("rwx------");
    }

    @Test
    void givenAServer_whenUsedAtTheWrongMoment_thenItSaysSo() {
        assertThatThrownBy(server::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("start() of a chat that runs (expected: one that is closed)");
        server.close();
        assertThatThrownBy(server::port).hasMessage("port() of a chat that does not run; call start() first");
    }

    private ChatPeer join(String name) {
        return person(Map.of("name", name));
    }

    private ChatPeer resume(Map<String, Object> welcome, String name) {
        return person(Map.of("name", name, "session", welcome.get("session")));
    }

    private ChatPeer person(Map<String, ?> auth) {
        ChatPeer peer = ChatPeer.person(server.port(), auth);
        peers.add(peer);
        return peer;
    }

    private ChatPeer guest() {
        ChatPeer peer = ChatPeer.guest(server.port());
        peers.add(peer);
        return peer;
    }

    private static Map<String, Object> say(ChatPeer peer, String room, String key, String text) {
        return peer.ask("say", Map.of("room", room, "key", key, "text", text));
    }

    private static Map<String, Object> refused(String code, String message) {
        return Map.of("ok", false, "code", code, "message", message);
    }

    private static List<Integer> history(ChatPeer peer, Map<String, ?> request) {
        return list(peer.ask("history", request).get("messages")).stream()
                .map(message -> (Integer) Json.object(message).get("id"))
                .toList();
    }

    private static List<Object> namesOnline(ChatPeer peer, String room) {
        return list(peer.ask("join", Map.of("room", room)).get("online")).stream()
                .map(user -> Json.object(user).get("name"))
                .toList();
    }

    private static Map<String, Object> lobbyOf(Map<String, Object> withRooms) {
        return Json.object(list(withRooms.get("rooms")).get(0));
    }

    private static Map<String, Object> nextRoom(ChatPeer peer, String name) {
        Map<String, Object> room = peer.nextObject("room");
        return name.equals(room.get("name")) ? room : nextRoom(peer, name);
    }

    private static Map<String, Object> nextRoomOfMine(ChatPeer peer, String name) {
        Map<String, Object> room = nextRoom(peer, name);
        return room.containsKey("joined") ? room : nextRoomOfMine(peer, name);
    }

    private static List<?> list(Object value) {
        return value instanceof List<?> list ? list : Arrays.asList(value);
    }
}
