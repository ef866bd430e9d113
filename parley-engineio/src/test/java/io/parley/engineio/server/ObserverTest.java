package io.parley.engineio.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.engineio.DisconnectReason;
import io.parley.engineio.TransportType;
import io.parley.engineio.packet.EncodedPacket;
import io.parley.engineio.packet.EnginePacket;
import io.parley.websocket.testing.InMemoryExchange;
import io.parley.websocket.testing.InMemoryWebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Feature table, section 1.2: the events of a socket, and {@code flush} and {@code drain} of the server. */
class ObserverTest {

    private final TestEngine engine = new TestEngine(
            EngineOptions.builder().initialPacket(EncodedPacket.text("hi")).build());
    private final List<String> seen = new ArrayList<>();

    /** Writes down what it sees. */
    private static final class Recorder implements EngineObserver {

        private final List<String> seen;

        Recorder(List<String> seen) {
            this.seen = seen;
        }

        @Override
        public void onOpen(EngineSocket socket) {
            seen.add("open");
        }

        @Override
        public void onPacket(EngineSocket socket, EnginePacket packet) {
            seen.add("packet " + packet.type());
        }

        @Override
        public void onPacketCreate(EngineSocket socket, EncodedPacket packet) {
            seen.add("create " + shortForm(packet));
        }

        @Override
        public void onText(EngineSocket socket, EnginePacket.Text message) {
            seen.add("text " + message.text());
        }

        @Override
        public void onBinary(EngineSocket socket, EnginePacket.Binary message) {
            seen.add("binary of " + message.bytes().remaining());
        }

        @Override
        public void onHeartbeat(EngineSocket socket) {
            seen.add("heartbeat");
        }

        @Override
        public void onUpgrading(EngineSocket socket, TransportType to) {
            seen.add("upgrading to " + to.wireName());
        }

        @Override
        public void onUpgrade(EngineSocket socket, TransportType to) {
            seen.add("upgrade to " + to.wireName());
        }

        @Override
        public void onFlush(EngineSocket socket, List<EncodedPacket> packets) {
            seen.add("flush " + packets.stream().map(Recorder::shortForm).collect(Collectors.joining(" ")));
        }

        @Override
        public void onDrain(EngineSocket socket) {
            seen.add("drain");
        }

        @Override
        public void onClose(EngineSocket socket, DisconnectReason reason, String description) {
            seen.add("close " + reason.text());
        }

        private static String shortForm(EncodedPacket packet) {
            String form = UTF_8.decode(packet.pollingForm()).toString();
            return form.length() > 9 ? form.substring(0, 1) : form;
        }
    }

    @Test
    void givenAnObserverOfTheServer_whenASessionPolls_thenItSeesEveryPacketAndFlush() {
        engine.server.observe(new Recorder(seen));
        String sid = engine.connectPolling();

        engine.push(sid, "4text\u001ebAAE=\u001e6");
        engine.send("a");
        engine.send("b");
        engine.poll(sid);
        engine.push(sid, "1");

        assertThat(seen)
                .containsExactly(
                        "create 0",
                        "create 4hi",
                        "open",
                        "flush 0 4hi",
                        "drain",
                        "packet MESSAGE",
                        "text text",
                        "packet MESSAGE",
                        "binary of 2",
                        "packet NOOP",
                        "create 4a",
                        "create 4b",
                        "flush 4a 4b",
                        "drain",
                        "close transport close");
    }

    @Test
    void givenAnObserverOfASession_whenItPingsAndUpgrades_thenItSeesIt() {
        String sid = engine.connectPolling();
        engine.run(() -> engine.socket.observe(new Recorder(seen)));
        engine.send("waits");

        InMemoryWebSocket probe = engine.probe(sid);
        engine.receive(probe, "2probe");
        assertThat(engine.socket.isUpgrading()).isTrue();
        engine.receive(probe, "5");
        engine.advance(Duration.ofSeconds(26));
        engine.receive(probe, "3");
        engine.run(engine.socket::close);

        assertThat(seen)
                .containsExactly(
                        "create 4waits",
                        "upgrading to websocket",
                        "upgrade to websocket",
                        "flush 4waits",
                        "drain",
                        "create 2",
                        "flush 2",
                        "drain",
                        "packet PONG",
                        "heartbeat",
                        "close forced close");
        assertThat(engine.socket.isUpgrading()).isFalse();
        assertThat(engine.socket.isUpgraded()).isTrue();
    }

    @Test
    void givenAnObserverThatThrows_whenPacketsCome_thenSessionAndOtherObserversGoOn() {
        engine.server.observe(new EngineObserver() {
            @Override
            public void onPacket(EngineSocket socket, EnginePacket packet) {
                throw new IllegalStateException("observer");
            }
        });
        engine.server.observe(new Recorder(seen));
        InMemoryWebSocket webSocket =
                engine.upgrade(TestEngine.PATH + "&transport=websocket").webSocket();
        seen.clear();

        engine.receive(webSocket, "4on");

        assertThat(seen).containsExactly("packet MESSAGE", "text on");
        assertThat(engine.events).containsExactly("connected", "text on");
    }

    @Test
    void givenSessions_whenTheyComeAndGo_thenClientsShowsThemWithTheirState() {
        String sid = engine.connectPolling();
        EngineSocket socket = engine.server.clients().get(sid);
        InMemoryExchange poll = engine.poll(sid);
        engine.poll(sid);

        assertThat(socket).isSameAs(engine.socket);
        assertThat(socket.remoteAddress()).isEqualTo(poll.request().remoteAddress());
        assertThat(socket.readyState()).isEqualTo(ReadyState.CLOSED);
        assertThat(engine.server.clients()).isEmpty();
    }

    @Test
    void givenAClosingSession_whenItsStateIsAsked_thenItTellsHowFarItIs() {
        engine.connectPolling();

        assertThat(engine.socket.readyState()).isEqualTo(ReadyState.OPEN);
        engine.run(engine.socket::close);
        assertThat(engine.socket.readyState()).isEqualTo(ReadyState.CLOSING);
        engine.poll(engine.socket.id());
        assertThat(engine.socket.readyState()).isEqualTo(ReadyState.CLOSED);
    }
}
