package io.parley.chat.history;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.chat.domain.Message;
import io.parley.chat.domain.Room;
import io.parley.chat.domain.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {

    private static final User ADA = new User("u1", "Ada", false);
    private static final User BOB = new User("u2", "Bob", false);
    private static final User GUEST = new User("g1", "guest-1", true);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private final List<Message> posted = new CopyOnWriteArrayList<>();
    private History history;
    private Room lobby;

    @BeforeEach
    void open() {
        history = at(START);
        lobby = history.rooms().get(0);
    }

    @AfterEach
    void close() {
        history.close();
    }

    @Test
    void givenANewFile_whenOpened_thenThereIsTheLobbyAndNothingElse() {
        assertThat(history.rooms()).singleElement().satisfies(room -> {
            assertThat(room.isLobby()).isTrue();
            assertThat(room.lastId()).isZero();
        });
    }

    @Test
    void givenAMessage_whenPosted_thenItIsStoredToldAndRead() throws Exception {
        Posted stored = say(ADA, lobby, "k1", "hello 👋");

        Message expected = new Message("lobby", 1, "k1", ADA, "hello 👋", START.toEpochMilli());
        assertThat(stored).isEqualTo(new Posted(expected, false));
        assertThat(posted).containsExactly(expected);
        assertThat(history.before(lobby, Long.MAX_VALUE, 50).messages()).containsExactly(expected);
    }

    @Test
    void givenAGuestsMessage_whenRead_thenItIsStillAGuests() throws Exception {
        say(GUEST, lobby, "k", "hi");

        assertThat(history.after(lobby, 0, 1).messages())
                .singleElement()
                .extracting(Message::user)
                .isEqualTo(GUEST);
    }

    @Test
    void givenTheSameKey_whenPostedAgain_thenNothingIsStoredOrTold() throws Exception {
        Posted first = say(ADA, lobby, "k1", "hello");

        Posted again = say(ADA, lobby, "k1", "hello, changed");
        Posted ofAnother = say(BOB, lobby, "k1", "mine");

        assertThat(again).isEqualTo(new Posted(first.message(), true));
        assertThat(ofAnother.message().id()).isEqualTo(2);
        assertThat(posted).containsExactly(first.message(), ofAnother.message());
    }

    @Test
    void givenManySendersAtOnce_whenPosted_thenIdsGrowWithoutGapsInTheOrderTold() throws Exception {
        Room other = createRoom("other");
        List<CompletableFuture<Posted>> sent = new CopyOnWriteArrayList<>();

        IntStream.range(0, 2_000).parallel().forEach(i -> {
            User user = new User("u" + i % 20, "user " + i % 20, false);
            sent.add(history.post(new NewMessage(i % 2 == 0 ? lobby : other, "key " + i, user, "text " + i)));
        });
        CompletableFuture.allOf(sent.toArray(new CompletableFuture<?>[0])).get(20, SECONDS);

        List<Long> oneToThousand = LongStream.rangeClosed(1, 1_000).boxed().toList();
        assertThat(idsOf("lobby")).isEqualTo(oneToThousand);
        assertThat(idsOf("other")).isEqualTo(oneToThousand);
    }

    private List<Long> idsOf(String room) {
        return posted.stream()
                .filter(message -> message.room().equals(room))
                .map(Message::id)
                .toList();
    }

    @Test
    void givenALongHistory_whenReadPageByPage_thenEveryMessageComesOnce() throws Exception {
        for (int i = 1; i <= 7; i++) {
            say(ADA, lobby, "k" + i, "message " + i);
        }

        assertThat(ids(history.before(lobby, Long.MAX_VALUE, 3))).containsExactly(5L, 6L, 7L);
        assertThat(ids(history.before(lobby, 5, 3))).containsExactly(2L, 3L, 4L);
        assertThat(history.before(lobby, 5, 3).more()).isTrue();
        assertThat(ids(history.before(lobby, 2, 3))).containsExactly(1L);
        assertThat(history.before(lobby, 2, 3).more()).isFalse();
        assertThat(ids(history.after(lobby, 2, 3))).containsExactly(3L, 4L, 5L);
        assertThat(history.after(lobby, 2, 3).more()).isTrue();
        assertThat(history.after(lobby, 4, 3).more()).isFalse();
    }

    @Test
    void givenARestart_whenOpenedAgain_thenRoomsMessagesAndMembershipsAreThere() throws Exception {
        Room garden = createRoom("Garden");
        history.seen(ADA).get(20, SECONDS);
        history.join(ADA, garden).get(20, SECONDS);
        say(BOB, garden, "k1", "hello");

        history.close();
        history = at(START);

        assertThat(history.rooms()).extracting(Room::name).containsExactly("lobby", "Garden");
        assertThat(history.rooms().get(1).lastId()).isEqualTo(1);
        assertThat(history.memberships(ADA)).isEqualTo(Map.of(garden.id(), 0L));
        assertThat(say(BOB, garden, "k2", "again").message().id()).isEqualTo(2);
    }

    @Test
    void givenARoom_whenCreatedAgainInAnotherCase_thenThereIsStillOne() throws Exception {
        createRoom("Garden");

        assertThat(history.createRoom("GARDEN").get(20, SECONDS)).isEmpty();
        assertThat(history.rooms()).hasSize(2);
    }

    @Test
    void givenAMember_whenReading_thenTheMarkOnlyGoesForward() throws Exception {
        history.seen(ADA).get(20, SECONDS);
        say(BOB, lobby, "k1", "one");
        say(BOB, lobby, "k2", "two");
        history.join(ADA, lobby).get(20, SECONDS);
        say(BOB, lobby, "k3", "three");

        assertThat(history.memberships(ADA)).containsEntry(lobby.id(), 2L);
        assertThat(history.markRead(ADA, lobby, 3).get(20, SECONDS)).isTrue();
        assertThat(history.markRead(ADA, lobby, 1).get(20, SECONDS)).isFalse();
        assertThat(history.memberships(ADA)).containsEntry(lobby.id(), 3L);
        say(ADA, lobby, "k4", "four");
        assertThat(history.memberships(ADA)).containsEntry(lobby.id(), 4L);
    }

    @Test
    void givenAMembership_whenLeft_thenItIsGone() throws Exception {
        history.seen(ADA).get(20, SECONDS);

        assertThat(history.join(ADA, lobby).get(20, SECONDS)).isTrue();
        assertThat(history.join(ADA, lobby).get(20, SECONDS)).isFalse();
        assertThat(history.leave(ADA, lobby).get(20, SECONDS)).isTrue();
        assertThat(history.leave(ADA, lobby).get(20, SECONDS)).isFalse();
        assertThat(history.memberships(ADA)).isEmpty();
    }

    @Test
    void givenSomebodyNotSeenForLong_whenForgotten_thenTheirMessagesStay() throws Exception {
        history.seen(ADA).get(20, SECONDS);
        history.join(ADA, lobby).get(20, SECONDS);
        say(ADA, lobby, "k", "I was here");
        history.close();
        history = at(START.plus(Duration.ofDays(31)));
        history.seen(BOB).get(20, SECONDS);

        int forgotten = history.forgetUnseen(Duration.ofDays(30)).get(20, SECONDS);

        assertThat(forgotten).isEqualTo(1);
        assertThat(history.memberships(ADA)).isEmpty();
        assertThat(history.after(lobby, 0, 1).messages()).hasSize(1);
    }

    @Test
    void givenOneBadWriteAmongGood_whenTheyShareATransaction_thenOnlyItFails() throws Exception {
        List<CompletableFuture<?>> good = new ArrayList<>();
        List<CompletableFuture<?>> bad = new ArrayList<>();
        Room nowhere = new Room(99, "nowhere", 0);

        for (int i = 0; i < 50; i++) {
            good.add(history.post(new NewMessage(lobby, "good " + i, ADA, "text")));
            bad.add(history.post(new NewMessage(nowhere, "bad " + i, ADA, "text")));
        }
        CompletableFuture.allOf(good.toArray(new CompletableFuture<?>[0])).get(20, SECONDS);

        assertThat(bad).allSatisfy(future -> assertThatThrownBy(() -> future.get(20, SECONDS))
                .hasCauseInstanceOf(HistoryException.class)
                .hasMessageEndingWith("Not stored"));
        assertThat(idsOf("lobby"))
                .isEqualTo(LongStream.rangeClosed(1, 50).boxed().toList());
    }

    @Test
    void givenAClosedHistory_whenPosted_thenItFailsAtOnce() {
        history.close();

        assertThatThrownBy(() -> say(ADA, lobby, "k", "too late"))
                .hasCauseInstanceOf(HistoryException.class)
                .hasMessageEndingWith("The history is closed");
    }

    @Test
    void givenAFileThatIsNoHistory_whenOpened_thenItSaysSo() throws IOException {
        Path file = Files.writeString(folder.resolve("letter.txt"), "Dear Ada, this is not a database. ".repeat(50));

        assertThatThrownBy(() -> History.open(file, Clock.systemUTC()))
                .isInstanceOf(HistoryException.class)
                .hasMessageStartingWith(file + " cannot be opened (expected: a history of Parley): ");
    }

    @Test
    void givenAHistoryOfANewerVersion_whenOpened_thenItIsLeftAlone() throws Exception {
        Path file = folder.resolve("history.db");
        history.close();
        setSchemaVersion(file, 99);

        assertThatThrownBy(() -> History.open(file, Clock.systemUTC()))
                .isInstanceOf(HistoryException.class)
                .hasMessage(file + " has schema version 99 (expected: 1 or lower); it was written by a newer Parley:"
                        + " run that one");
    }

    @Test
    void givenTheMigrations_whenCounted_thenTheNewestIsTheSchemaVersion() throws Exception {
        String newest = "V" + Database.SCHEMA_VERSION + "__";
        String next = "V" + (Database.SCHEMA_VERSION + 1) + "__";

        try (Stream<Path> migrations = Files.list(Path.of("src/main/resources/io/parley/chat/history"))) {
            List<String> names =
                    migrations.map(path -> path.getFileName().toString()).toList();
            assertThat(names).anyMatch(name -> name.startsWith(newest)).noneMatch(name -> name.startsWith(next));
        }
    }

    private static void setSchemaVersion(Path file, int version) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = " + version);
        }
    }

    private History at(Instant time) {
        History opened = History.open(folder.resolve("history.db"), Clock.fixed(time, ZoneOffset.UTC));
        opened.onPosted(posted::add);
        return opened;
    }

    private Room createRoom(String name) throws Exception {
        return history.createRoom(name).get(20, SECONDS).orElseThrow();
    }

    private Posted say(User user, Room room, String key, String text) throws Exception {
        return history.post(new NewMessage(room, key, user, text)).get(20, SECONDS);
    }

    private static List<Long> ids(Page page) {
        return page.messages().stream().map(Message::id).toList();
    }
}
