package io.parley.engineio.packet;

import io.parley.testkit.Generator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Packets of every kind. */
final class Samples {

    private Samples() {}

    static List<EnginePacket> packets(Generator generator) {
        List<EnginePacket> packets = new ArrayList<>();
        for (int left = generator.integer(1, 8); left > 0; left--) {
            packets.add(packet(generator));
        }
        return packets;
    }

    private static EnginePacket packet(Generator generator) {
        return switch (generator.integer(0, 7)) {
            case 0 -> new EnginePacket.Open(text(generator));
            case 1 -> new EnginePacket.Close();
            case 2 -> new EnginePacket.Ping(text(generator));
            case 3 -> new EnginePacket.Pong(text(generator));
            case 4 -> new EnginePacket.Upgrade();
            case 5 -> new EnginePacket.Noop();
            case 6 -> new EnginePacket.Binary(ByteBuffer.wrap(generator.bytes(generator.length(70_000))));
            default -> new EnginePacket.Text(text(generator));
        };
    }

    /** Any text without the separator, which the protocol cannot carry in one. */
    private static String text(Generator generator) {
        return generator.text(generator.length(300)).replace('\u001e', ' ');
    }
}
