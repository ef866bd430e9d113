package io.parley.engineio.packet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.engineio.EngineException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Packets as the vectors write them. */
final class Outcomes {

    private Outcomes() {}

    static String of(EnginePacket packet) {
        return switch (packet.type()) {
            case OPEN -> "OPEN " + ((EnginePacket.Open) packet).data();
            case PING -> "PING " + ((EnginePacket.Ping) packet).data();
            case PONG -> "PONG " + ((EnginePacket.Pong) packet).data();
            case MESSAGE -> "MESSAGE " + content(packet);
            case CLOSE, UPGRADE, NOOP -> packet.type().name();
        };
    }

    /** What was wrong, without how it began, which stands in the vector itself. */
    static String problem(EngineException mistake) {
        return mistake.getMessage().replaceFirst(" in \".*\"$", "");
    }

    private static String content(EnginePacket message) {
        return message instanceof EnginePacket.Binary binary
                ? "0x" + hex(binary.bytes())
                : ((EnginePacket.Text) message).text();
    }

    static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return HexFormat.of().formatHex(copy);
    }

    static String text(ByteBuffer bytes) {
        return UTF_8.decode(bytes).toString();
    }

    /** Bytes from hex digits, with spaces between them. */
    static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    /** Whether a vector says that it is binary, not text. */
    static boolean isBinary(String vector) {
        return vector.startsWith("binary");
    }

    /** The bytes behind that. */
    static ByteBuffer marked(String vector) {
        return bytes(vector.substring(isBinary(vector) ? "binary".length() : "text".length()));
    }
}
