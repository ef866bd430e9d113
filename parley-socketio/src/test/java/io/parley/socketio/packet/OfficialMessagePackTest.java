package io.parley.socketio.packet;

import static io.parley.socketio.packet.MessagePackSamples.real;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.Arguments;
import io.parley.testkit.Generator;
import io.parley.testkit.Json;
import io.parley.testkit.NodePeer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Random packets through the official MessagePack parser and through ours. */
class OfficialMessagePackTest {

    private static final int TRIES = 300;

    /** What the official parser takes and ours refuses: see {@code docs/adr}. */
    private static final List<String> STRICTER = List.of(
            "Event without a name",
            "Event whose name is no string",
            "is reserved",
            "ACK without an id",
            "Acknowledgement id that is none",
            "Map key that is",
            "nested deeper");

    private static final Pattern HUGE = Pattern.compile("ends [0-9]{5,} bytes before its value does");

    private static NodePeer official;

    @BeforeAll
    static void start() {
        official = NodePeer.start(Path.of("src/test/node/msgpack.cjs"));
    }

    @AfterAll
    static void stop() {
        official.close();
    }

    @Test
    void givenAnyEvents_whenEncoded_thenTheBytesAreThoseOfTheOfficialParser() {
        List<Map<String, Object>> batch = events(false);

        List<?> theirs = encodedByThem(batch);

        for (int i = 0; i < batch.size(); i++) {
            assertThat(MessagePackSamples.encode(packet(batch.get(i))))
                    .as(batch.get(i).toString())
                    .isEqualTo(theirs.get(i));
        }
    }

    @Test
    void givenAnyEventsOfTheirs_whenDecoded_thenHandlersSeeWhatJsonWouldHaveBrought() {
        List<Map<String, Object>> batch = events(true);

        List<?> theirs = encodedByThem(batch);

        for (int i = 0; i < batch.size(); i++) {
            Packet.Event event = (Packet.Event) MessagePackSamples.decode((String) theirs.get(i));
            List<?> data = (List<?>) batch.get(i).get("data");
            assertThat("s:" + event.name()).isEqualTo(data.get(0));
            assertThat(values(event.arguments()))
                    .as(batch.get(i).toString())
                    .isEqualTo(MessagePackSamples.seen(data.subList(1, data.size())));
        }
    }

    @Test
    void givenAnyEventsOfTheirs_whenSentOn_thenNothingIsLost() {
        List<Map<String, Object>> batch = events(true);

        for (Object theirs : encodedByThem(batch)) {
            Packet.Event event = (Packet.Event) MessagePackSamples.decode((String) theirs);
            Object[] arguments = new Object[event.arguments().size()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = event.arguments().get(i);
            }
            Packet.Event sentOn =
                    new Packet.Event(event.namespace(), event.name(), Arguments.of(arguments), event.ackId());
            assertThat(MessagePackSamples.encode(sentOn)).isEqualTo(theirs);
        }
    }

    @Test
    void givenSpoiltPackets_whenDecoded_thenTheOfficialParserAgrees() {
        List<?> fine = encodedByThem(events(true));
        List<String> batch = new ArrayList<>();
        Generator.check(5 * TRIES, random -> batch.add(spoilt(random, (String) random.oneOf(fine))));
        batch.removeIf(
                hex -> HUGE.matcher(refusal(hex)).find()); // the official parser takes the memory before it looks

        List<?> theirs = (List<?>) official.call(
                "decodeAll", batch.stream().map(hex -> Map.of("$hex", hex)).toList());

        for (int i = 0; i < batch.size(); i++) {
            String refusal = refusal(batch.get(i));
            boolean stricter = STRICTER.stream().anyMatch(refusal::contains);
            assertThat(!refusal.isEmpty())
                    .as("%s: %s", batch.get(i), refusal)
                    .isEqualTo(stricter || Json.object(theirs.get(i)).containsKey("error"));
        }
    }

    private static List<Map<String, Object>> events(boolean exotic) {
        List<Map<String, Object>> batch = new ArrayList<>();
        Generator.check(TRIES, random -> batch.add(MessagePackSamples.event(random, exotic)));
        return batch;
    }

    private static List<?> encodedByThem(List<Map<String, Object>> batch) {
        return (List<?>) official.call("encodeAll", batch);
    }

    private static Packet.Event packet(Map<String, Object> told) {
        List<?> data = (List<?>) real(told.get("data"));
        Object id = told.containsKey("id") ? real(told.get("id")) : null;
        return new Packet.Event(
                (String) real(told.get("nsp")),
                (String) data.get(0),
                Arguments.of(data.subList(1, data.size()).toArray()),
                id == null ? null : (Long) ((Double) id).longValue());
    }

    private static Object values(Arguments arguments) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            values.add(MessagePackSamples.told(arguments.isNull(i) ? null : arguments.as(i, Object.class)));
        }
        return values;
    }

    private static String spoilt(Generator random, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        for (int i = random.integer(1, 3); i > 0; i--) {
            bytes[random.integer(0, Math.min(bytes.length, 80) - 1)] = random.bytes(1)[0];
        }
        int length = random.integer(0, 5) == 0 ? random.integer(0, bytes.length) : bytes.length;
        return hex(bytes, length);
    }

    private static String hex(byte[] bytes, int length) {
        return HexFormat.of().formatHex(bytes, 0, length);
    }

    /** Why the packet is refused; empty if it is not. */
    private static String refusal(String hex) {
        try {
            MessagePackSamples.decode(hex);
            return "";
        } catch (PacketException refused) {
            return refused.getMessage();
        }
    }
}
