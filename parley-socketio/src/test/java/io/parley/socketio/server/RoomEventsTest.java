package io.parley.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.socketio.adapter.RoomListener;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RoomEventsTest {

    private final TestServer server = new TestServer();
    private final List<String> log = new ArrayList<>();

    /** Writes down what happens, with the sockets' numbers in place of their ids. */
    private final class Log implements RoomListener {

        @Override
        public void onCreate(String room) {
            log.add("create " + named(room));
        }

        @Override
        public void onJoin(String room, String socketId) {
            log.add("join " + named(room) + " " + named(socketId));
        }

        @Override
        public void onLeave(String room, String socketId) {
            log.add("leave " + named(room) + " " + named(socketId));
        }

        @Override
        public void onDelete(String room) {
            log.add("delete " + named(room));
        }

        private String named(String name) {
            for (int i = 0; i < server.sockets.size(); i++) {
                if (server.sockets.get(i).id().equals(name)) {
                    return "#" + i;
                }
            }
            return name.length() == 20 ? "#new" : name;
        }
    }

    @Test
    void givenAListener_whenSocketsJoinAndLeaveRooms_thenItHearsInOrder() {
        server.io.sockets().onRooms(new Log());

        TestClient client = server.connected();
        server.last().join("a");
        server.last().join("a", "b");
        server.connected();
        server.last().join("a");
        server.sockets.get(0).leave("a");
        server.sockets.get(0).leave("never joined");
        client.lose();

        assertThat(log)
                .containsExactly(
                        "create #new",
                        "join #new #new",
                        "create a",
                        "join a #0",
                        "create b",
                        "join b #0",
                        "create #new",
                        "join #new #new",
                        "join a #1",
                        "leave a #0",
                        "leave b #0",
                        "delete b",
                        "leave #0 #0",
                        "delete #0");
    }

    @Test
    void givenAListenerThatThrows_whenARoomComes_thenTheOtherHears() {
        server.io.sockets().onRooms(new RoomListener() {
            @Override
            public void onCreate(String room) {
                throw new IllegalStateException("thrown on purpose by a test");
            }
        });
        server.io.sockets().onRooms(new Log());

        server.connected();

        assertThat(log).containsExactly("create #new", "join #new #new");
    }

    @Test
    void givenAListenerThatMovesTheSocket_whenARoomComes_thenItMay() {
        server.connected();
        server.io.sockets().onRooms(new Log());
        server.io.sockets().onRooms(new RoomListener() {
            @Override
            public void onJoin(String room, String socketId) {
                if (room.equals("a")) {
                    server.last().join("b");
                    server.last().leave("a");
                }
            }
        });

        server.last().join("a");

        assertThat(log).containsExactly("create a", "join a #0", "create b", "join b #0", "leave a #0", "delete a");
    }

    @Test
    void givenAParentNamespace_whenSomebodyListens_thenItSaysWhereToListen() {
        ParentNamespace parent = server.io.of(Pattern.compile("^/x"));

        assertThatThrownBy(() -> parent.onRooms(new Log()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("onRooms() is not supported on parent namespaces; listen to the children, see"
                        + " onNewNamespace()");
    }
}
