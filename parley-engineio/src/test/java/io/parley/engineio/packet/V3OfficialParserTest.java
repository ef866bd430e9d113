package io.parley.engineio.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Generator;
import io.parley.testkit.NodePeer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Payloads of protocol 3 beside those of the official server's own parser: the same bytes, and it reads ours. */
class V3OfficialParserTest {

    private static final int TRIES = 100;

    @Test
    void givenAnyPackets_whenEncoded_thenTheOfficialParserMakesTheSameBodyAndReadsItBack() {
        List<List<EnginePacket>> batch = new ArrayList<>();
        Generator.check(TRIES, random -> batch.add(Samples.packets(random)));

        try (NodePeer official = NodePeer.start(Path.of("src/test/node/parser-v3.cjs"))) {
            for (List<EnginePacket> packets : batch) {
                compare(official, packets);
            }
        }
    }

    private static void compare(NodePeer official, List<EnginePacket> packets) {
        List<EncodedPacket> encoded = packets.stream().map(EncodedPacket::of).toList();
        List<?> sendable = packets.stream().map(V3OfficialParserTest::sendable).toList();
        boolean anyBinary = encoded.stream().anyMatch(EncodedPacket::isBinary);
        ByteBuffer text = V3PayloadEncoder.encodeText(encoded);
        ByteBuffer binary = anyBinary ? V3PayloadEncoder.encodeBinary(encoded) : text;

        assertThat(official.call("encode", sendable, false)).isEqualTo(hex(text));
        assertThat(official.call("encode", sendable, true)).isEqualTo(hex(binary));
        assertThat(official.call("decodeText", hex(text))).isEqualTo(sendable);
        if (anyBinary) {
            assertThat(official.call("decodeBinary", hex(binary))).isEqualTo(sendable);
        }
    }

    private static Map<String, Object> hex(ByteBuffer bytes) {
        return Map.of("$hex", Outcomes.hex(bytes.duplicate()));
    }

    private static Map<String, Object> sendable(EnginePacket packet) {
        String type = packet.type().name().toLowerCase(java.util.Locale.ROOT);
        if (packet instanceof EnginePacket.Binary binary) {
            return Map.of("type", type, "data", hex(binary.bytes()));
        }
        String data = new String(
                        HexFormat.of()
                                .parseHex(Outcomes.hex(EncodedPacket.of(packet).pollingForm())),
                        java.nio.charset.StandardCharsets.UTF_8)
                .substring(1);
        return data.isEmpty() ? Map.of("type", type) : Map.of("type", type, "data", data);
    }
}
