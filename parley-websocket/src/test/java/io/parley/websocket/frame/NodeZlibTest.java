package io.parley.websocket.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Generator;
import io.parley.testkit.NodePeer;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Beside Node's zlib, whose windows have any size: it reads what we send with no more than was agreed, and so do we. */
class NodeZlibTest {

    private static final Path SCRIPT = Path.of("src/test/node/zlib-peer.cjs");
    private static final int CONNECTIONS = 80;

    /** The messages one way over one connection. */
    private record Connection(int windowBits, boolean contextTakeover, int level, List<byte[]> messages) {

        static Connection any(Generator random, int fewestMessages) {
            List<byte[]> messages = new ArrayList<>();
            for (int i = random.integer(fewestMessages, 6); i > 0; i--) {
                messages.add(DeflateSamples.message(random, 20_000));
            }
            return new Connection(random.integer(8, 15), random.bool(), random.integer(1, 9), messages);
        }

        List<byte[]> deflated(Generator random) {
            List<byte[]> payloads = new ArrayList<>();
            try (MessageDeflater deflater = new MessageDeflater(windowBits, contextTakeover, level)) {
                for (byte[] message : messages) {
                    payloads.add(DeflateSamples.deflated(random, deflater, message));
                }
            }
            return payloads;
        }

        byte[] joined() {
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            messages.forEach(joined::writeBytes);
            return joined.toByteArray();
        }

        Map<String, Object> toJson(String name, List<byte[]> binaries) {
            return Map.of(
                    "windowBits",
                    windowBits,
                    "contextTakeover",
                    contextTakeover,
                    "level",
                    level,
                    name,
                    binaries.stream().map(Connection::hex).toList());
        }

        private static Map<String, String> hex(byte[] bytes) {
            return Map.of("$hex", HexFormat.of().formatHex(bytes));
        }
    }

    @Test
    void givenAnyMessages_whenDeflated_thenZlibInflatesThemWithTheAgreedWindow() {
        List<Connection> connections = new ArrayList<>();
        List<Object> batch = new ArrayList<>();
        Generator.check(CONNECTIONS, random -> {
            Connection connection = Connection.any(random, 1);
            connections.add(connection);
            batch.add(connection.toJson("payloads", connection.deflated(random)));
        });

        try (NodePeer node = NodePeer.start(SCRIPT)) {
            List<?> inflated = (List<?>) node.call("inflateAll", batch);

            for (int i = 0; i < connections.size(); i++) {
                assertThat(bytes(inflated.get(i)))
                        .as("connection %d", i)
                        .isEqualTo(connections.get(i).joined());
            }
        }
    }

    @Test
    void givenMessagesThatZlibDeflated_whenInflated_thenTheyAreTheSame() {
        List<Connection> connections = new ArrayList<>();
        Generator.check(CONNECTIONS, random -> connections.add(Connection.any(random, 2)));

        try (NodePeer node = NodePeer.start(SCRIPT)) {
            List<?> deflated = (List<?>) node.call(
                    "deflateAll",
                    connections.stream()
                            .map(connection -> connection.toJson("messages", connection.messages))
                            .toList());

            for (int i = 0; i < connections.size(); i++) {
                Connection connection = connections.get(i);
                assertThat(inflated(connection, (List<?>) deflated.get(i)))
                        .as("connection %d", i)
                        .isEqualTo(connection.joined());
            }
        }
    }

    private static byte[] inflated(Connection connection, List<?> payloads) {
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        try (Inflated inflated = new Inflated(connection.windowBits, connection.contextTakeover)) {
            for (Object payload : payloads) {
                messages.writeBytes(inflated.inflate(bytes(payload), 1_000));
            }
        }
        return messages.toByteArray();
    }

    private static byte[] bytes(Object json) {
        return HexFormat.of().parseHex((String) ((Map<?, ?>) json).get("$hex"));
    }
}
