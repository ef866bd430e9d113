package io.parley.socketio.packet;

import io.parley.socketio.Arguments;
import io.parley.testkit.Generator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Random packets, values and spoilt texts for tests. */
final class Samples {

    private static final String JSON_CHARS = "{}[]\",:\\0123456789eE+-.truefalsn /\u0001\u007f\u00e9_";

    private Samples() {}

    static Packet.Event event(Generator random) {
        Object[] values = new Object[random.integer(0, 4)];
        int[] binaries = {10};
        for (int i = 0; i < values.length; i++) {
            values[i] = value(random, 3, binaries);
        }
        Long ackId = random.bool() ? null : (Long) (random.longInteger() & Long.MAX_VALUE);
        return new Packet.Event(
                namespace(random), "e" + random.text(random.integer(0, 8)), Arguments.of(values), ackId);
    }

    static Packet.Ack ack(Generator random) {
        Packet.Event event = event(random);
        return new Packet.Ack(event.namespace(), random.integer(0, 1_000_000), event.arguments());
    }

    private static String namespace(Generator random) {
        return random.bool()
                ? "/"
                : "/" + random.text(random.integer(0, 5)).replace(",", "").replace("\u0000", "");
    }

    private static Object value(Generator random, int depth, int[] binaries) {
        int kind = random.integer(0, depth == 0 ? 6 : 8);
        return switch (kind) {
            case 0 -> null;
            case 1 -> random.bool();
            case 2 -> random.integer(-1_000, 1_000);
            case 3 -> random.longInteger() / 1_024.0;
            case 4 -> binaries[0]-- > 0 ? random.bytes(random.integer(0, 20)) : "no more";
            case 5, 6 -> random.text(random.length(40)) + (random.integer(0, 9) == 0 ? "\ud83d" : "");
            case 7 -> list(random, depth, binaries);
            default -> map(random, depth, binaries);
        };
    }

    private static List<Object> list(Generator random, int depth, int[] binaries) {
        List<Object> list = new ArrayList<>();
        for (int i = random.integer(0, 4); i > 0; i--) {
            list.add(value(random, depth - 1, binaries));
        }
        return list;
    }

    private static Map<String, Object> map(Generator random, int depth, int[] binaries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.integer(0, 4); i > 0; i--) {
            map.put("k" + random.text(random.integer(0, 4)), value(random, depth - 1, binaries));
        }
        return map;
    }

    /** The text with up to three characters changed, put in or left out. */
    static String spoilt(Generator random, String text) {
        StringBuilder spoilt = new StringBuilder(text);
        for (int i = random.integer(1, 3); i > 0 && spoilt.length() > 0; i--) {
            int at = random.integer(0, spoilt.length() - 1);
            switch (random.integer(0, 3)) {
                case 0 -> spoilt.deleteCharAt(at);
                case 1 -> spoilt.setCharAt(at, jsonChar(random));
                case 2 -> spoilt.insert(at, jsonChar(random));
                default -> spoilt.setLength(at);
            }
        }
        return spoilt.toString();
    }

    private static char jsonChar(Generator random) {
        return JSON_CHARS.charAt(random.integer(0, JSON_CHARS.length() - 1));
    }
}
