package io.parley.socketio.packet;

import io.parley.socketio.JsonCodec;
import io.parley.testkit.Generator;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Random values as tagged texts, which {@code msgpack.cjs} understands too, and what else tests of MessagePack need. */
final class MessagePackSamples {

    static final MessagePackParser PARSER = new MessagePackParser(JsonCodec.standard(), PacketLimits.DEFAULT);

    private MessagePackSamples() {}

    /** An event with random arguments; {@code exotic}: with values that JSON does not have. */
    static Map<String, Object> event(Generator random, boolean exotic) {
        Map<String, Object> packet = new LinkedHashMap<>();
        packet.put("type", number(2));
        List<Object> data = new ArrayList<>();
        data.add("s:e" + random.text(random.integer(0, 40)));
        for (int i = random.integer(0, 4); i > 0; i--) {
            data.add(value(random, 3, exotic));
        }
        packet.put("data", data);
        if (random.bool()) {
            packet.put("id", number(random.integer(0, Integer.MAX_VALUE)));
        }
        packet.put("nsp", "s:/" + random.text(random.integer(0, 5)));
        return packet;
    }

    private static Object value(Generator random, int depth, boolean exotic) {
        return switch (random.integer(0, depth == 0 ? 7 : 10)) {
            case 0 -> "z:";
            case 1 -> "l:" + random.bool();
            case 2, 3 -> number(integer(random));
            case 4 -> number(random.longInteger() / 1_024.0);
            case 5 -> "s:" + random.text(random.oneOf(List.of(0, 5, 31, 32, 255, 256, 300)));
            case 6 -> "b:" + hex(random.bytes(random.oneOf(List.of(0, 1, 40, 255, 256))));
            case 7 -> exotic ? exotic(random) : "d:" + random.integer(-1_000_000_000, 1_000_000_000) * 1_000L;
            case 8 -> list(random, random.oneOf(List.of(0, 1, 15, 16)), depth, exotic);
            default -> map(random, random.oneOf(List.of(0, 1, 3, 16)), depth, exotic);
        };
    }

    private static Object exotic(Generator random) {
        return switch (random.integer(0, 4)) {
            case 0 -> "u:";
            case 1 -> "a:" + hex(random.bytes(random.oneOf(List.of(0, 1, 8, 300))));
            case 2 -> number(Double.NaN);
            case 3 -> number(random.bool() ? Double.POSITIVE_INFINITY : 0x1p60);
            default -> "d:-1";
        };
    }

    /** Near the edges of the forms that integers have. */
    private static double integer(Generator random) {
        long edge = 1L << random.oneOf(List.of(0, 5, 7, 8, 15, 16, 31, 32, 52));
        return (random.bool() ? edge : -edge) + random.integer(-2, 2);
    }

    private static List<Object> list(Generator random, int size, int depth, boolean exotic) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(value(random, size > 3 ? 0 : depth - 1, exotic));
        }
        return list;
    }

    private static Map<String, Object> map(Generator random, int size, int depth, boolean exotic) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            map.put("k" + i + random.text(2), value(random, size > 3 ? 0 : depth - 1, exotic));
        }
        return map;
    }

    static String number(double value) {
        return String.format("n:%016x", Double.doubleToLongBits(value + 0.0));
    }

    /** The Java value that an application would send to have it. */
    static Object real(Object told) {
        if (told instanceof List<?> list) {
            return list.stream().collect(ArrayList::new, (all, each) -> all.add(real(each)), ArrayList::addAll);
        }
        if (told instanceof Map<?, ?> map) {
            Map<Object, Object> real = new LinkedHashMap<>();
            map.forEach((key, value) -> real.put(key, real(value)));
            return real;
        }
        String text = ((String) told).substring(2);
        return switch (((String) told).charAt(0)) {
            case 's' -> text;
            case 'n' -> Double.longBitsToDouble(Long.parseUnsignedLong(text, 16));
            case 'l' -> Boolean.valueOf(text);
            case 'b' -> HexFormat.of().parseHex(text);
            case 'd' -> Instant.ofEpochMilli(Long.parseLong(text));
            default -> null;
        };
    }

    /** What a handler should see as {@code Object}: what a client with the JSON parser would have sent. */
    static Object seen(Object told) {
        if (told instanceof List<?> list) {
            return list.stream().map(MessagePackSamples::seen).toList();
        }
        if (told instanceof Map<?, ?> map) {
            Map<Object, Object> seen = new LinkedHashMap<>();
            map.forEach((key, value) -> {
                if (!"u:".equals(value)) {
                    seen.put(key, seen(value));
                }
            });
            return seen;
        }
        String text = (String) told;
        return switch (text.charAt(0)) {
            case 'u' -> "z:";
            case 'a' -> "b:" + text.substring(2);
            case 'd' -> "s:" + MessagePackToJson.isoText(Instant.ofEpochMilli(Long.parseLong(text.substring(2))));
            case 'n' -> Double.isFinite((Double) real(text)) ? text : "z:";
            default -> text;
        };
    }

    /** A Java value in the form of {@link #seen}. */
    static Object told(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(MessagePackSamples::told).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> told = new LinkedHashMap<>();
            map.forEach((key, member) -> told.put(key, told(member)));
            return told;
        }
        if (value instanceof byte[] bytes) {
            return "b:" + hex(bytes);
        }
        if (value instanceof Number number) {
            return number(number.doubleValue());
        }
        return value == null ? "z:" : (value instanceof String ? "s:" : "l:") + value;
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    /** The only message of a packet. */
    static String encode(Packet packet) {
        ByteBuffer message = PARSER.encode(packet).get(0).webSocketMessage().payload();
        byte[] bytes = new byte[message.remaining()];
        message.duplicate().get(bytes);
        return hex(bytes);
    }

    static Packet decode(String hex) {
        return PARSER.decoder().add(bytes(hex));
    }
}
