package io.parley.socketio.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.Arguments;
import io.parley.socketio.JsonCodec;
import io.parley.testkit.Generator;
import io.parley.testkit.Json;
import io.parley.testkit.NodePeer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The decoder beside the official {@code socket.io-parser}: the same texts are refused, the same values come out. */
class OfficialParserTest {

    private static final PacketEncoder ENCODER = new PacketEncoder(JsonCodec.standard());
    private static final int TRIES = 1_500;

    /** An event may be named by a number; it is compared as one. */
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?");

    /**
     * Texts that the official parser takes by accident, and ours refuses: an empty text and a white type (both CONNECT
     * there), numbers of attachments such as {@code 1e0}, an event, acknowledgement or refusal without a payload, an
     * acknowledgement without an id; or takes differently: white space after the header (an id there), an id of a
     * packet that has none, ids that a JavaScript number cannot hold.
     */
    private static final List<Pattern> ACCIDENTS = List.of(
            Pattern.compile("^(\\s.*)?$", Pattern.DOTALL),
            Pattern.compile("^[56][^-]*[^0-9-].*", Pattern.DOTALL),
            Pattern.compile("^[56]-.*", Pattern.DOTALL),
            Pattern.compile("^[0-6]([0-9]+-)?(/[^,]*(,|$))?[0-9]*\\s.*", Pattern.DOTALL),
            Pattern.compile("^[23456]([0-9]+-)?(/[^,]*(,|$))?[0-9]*$", Pattern.DOTALL),
            Pattern.compile("^[36]([0-9]+-)?(/[^,]*(,|$))?\\[.*", Pattern.DOTALL),
            Pattern.compile("^[014](/[^,]*(,|$))?[0-9].*", Pattern.DOTALL),
            Pattern.compile("^[0-6]([0-9]+-)?(/[^,]*(,|$))?[0-9]{16,}.*", Pattern.DOTALL));

    @Test
    void givenAnyMessages_whenDecoded_thenTheOfficialParserAgrees() {
        List<List<Object>> batch = new ArrayList<>();
        Generator.check(TRIES, random -> batch.add(messages(random)));

        try (NodePeer official = NodePeer.start(Path.of("src/test/node/parser.cjs"))) {
            List<?> outcomes = (List<?>) official.call("decodeAll", sendable(batch));

            for (int i = 0; i < batch.size(); i++) {
                assertThat(ours(batch.get(i)))
                        .as(batch.get(i).toString())
                        .isEqualTo(theirs(Json.object(outcomes.get(i))));
            }
        }
    }

    @Test
    void givenTheVectorsOfTheParsersOwnTests_whenDecoded_thenTheOfficialParserAgrees() {
        List<List<Object>> batch = List.of(
                List.of("442[\"some\",\"data\""),
                List.of("0/admin,\"invalid\""),
                List.of("1/admin,{}"),
                List.of("2/admin,\"invalid"),
                List.of("2/admin,{}"),
                List.of("2[{\"toString\":\"foo\"}]"),
                List.of("2[true,\"foo\"]"),
                List.of("2[null,\"bar\"]"),
                List.of("2[\"connect\"]"),
                List.of("2[\"disconnect\",\"123\"]"),
                List.of("999"),
                List.of("5"),
                List.of("51-[\"hello\",{\"_placeholder\":true,\"num\":\"splice\"}]", new byte[1]),
                List.of("51-[\"hello\",{\"_placeholder\":true,\"num\":1}]", new byte[1]),
                List.of("51-[\"hello\",{\"_placeholder\":true,\"num\":0}]", new byte[1]));

        try (NodePeer official = NodePeer.start(Path.of("src/test/node/parser.cjs"))) {
            List<?> outcomes = (List<?>) official.call("decodeAll", sendable(batch));

            for (int i = 0; i < batch.size(); i++) {
                assertThat(ours(batch.get(i)))
                        .as(batch.get(i).toString())
                        .isEqualTo(theirs(Json.object(outcomes.get(i))));
            }
        }
    }

    /** The messages of a packet, mostly with a text that was spoilt, never one of the accidents. */
    private static List<Object> messages(Generator random) {
        List<Object> messages =
                Wire.messages(ENCODER.encode(random.bool() ? Samples.event(random) : Samples.ack(random)));
        if (random.integer(0, 3) > 0) {
            String spoilt = Samples.spoilt(random, (String) messages.get(0));
            messages.set(0, isAccident(spoilt) ? "2[\"fine\"]" : spoilt);
        } else if (isAccident((String) messages.get(0))) {
            messages.set(0, "2[\"fine\"]");
        }
        return messages;
    }

    private static boolean isAccident(String text) {
        return ACCIDENTS.stream().anyMatch(accident -> accident.matcher(text).matches());
    }

    private static List<Object> sendable(List<List<Object>> batch) {
        List<Object> sendable = new ArrayList<>();
        for (List<Object> messages : batch) {
            List<Object> list = new ArrayList<>();
            for (Object message : messages) {
                list.add(
                        message instanceof byte[] bytes
                                ? Map.of("$hex", HexFormat.of().formatHex(bytes))
                                : message);
            }
            sendable.add(list);
        }
        return sendable;
    }

    private static String theirs(Map<String, Object> outcome) {
        if (outcome.containsKey("error")) {
            return "refused";
        }
        if (outcome.containsKey("pending")) {
            return "pending";
        }
        Object data = Json.parse((String) outcome.get("data"));
        return outcome.get("type") + " " + outcome.get("nsp") + " " + outcome.get("id") + " " + sorted(data);
    }

    private static Object sorted(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> sorted = new java.util.TreeMap<>();
            map.forEach((key, member) -> sorted.put(key, sorted(member)));
            return sorted;
        }
        return value instanceof List<?> list
                ? list.stream().map(OfficialParserTest::sorted).toList().toString()
                : value;
    }

    private static String ours(List<Object> messages) {
        Packet packet;
        try {
            packet = Wire.decode(messages);
        } catch (PacketException expected) {
            return "refused";
        }
        return packet == null ? "pending" : described(packet);
    }

    private static String described(Packet packet) {
        String head = packet.type() + " " + packet.namespace() + " ";
        return switch (packet.type()) {
            case CONNECT -> head + "undefined " + payload(((Packet.Connect) packet).payload());
            case DISCONNECT -> head + "undefined null";
            case CONNECT_ERROR -> head + "undefined " + payload(((Packet.ConnectError) packet).payload());
            case EVENT -> {
                Packet.Event event = (Packet.Event) packet;
                yield head + (event.ackId() == null ? "undefined" : event.ackId()) + " "
                        + values(event.name(), event.arguments());
            }
            case ACK -> head + ((Packet.Ack) packet).ackId() + " " + values(null, ((Packet.Ack) packet).arguments());
        };
    }

    private static String payload(String json) {
        return json == null
                ? "null"
                : String.valueOf(sorted(plain(JsonCodec.standard().decode(json, Object.class, List.of()))));
    }

    private static String values(String name, Arguments arguments) {
        List<Object> values = new ArrayList<>();
        if (name != null) {
            values.add(plain(NUMBER.matcher(name).matches() ? Double.valueOf(name) : name));
        }
        for (int i = 0; i < arguments.size(); i++) {
            values.add(sorted(plain(arguments.isNull(i) ? null : arguments.as(i, Object.class))));
        }
        return values.toString();
    }

    private static Object plain(Object value) {
        if (value instanceof String string) {
            return "s:" + string;
        }
        if (value instanceof Number number) {
            return String.format("n:%016x", Double.doubleToLongBits(number.doubleValue() + 0.0)); // no negative zero
        }
        if (value instanceof byte[] bytes) {
            return "b:" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(OfficialParserTest::plain).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> plain = new LinkedHashMap<>();
            map.forEach((key, member) -> plain.put(key, plain(member)));
            return plain;
        }
        return value;
    }
}
