package io.parley.socketio.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.socketio.Arguments;
import io.parley.socketio.JsonCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PacketEncoderTest {

    private static final PacketEncoder ENCODER = new PacketEncoder(JsonCodec.standard());

    static Stream<org.junit.jupiter.params.provider.Arguments> vectors() {
        byte[] bytes = {1, 2, 3};
        return Stream.of(
                vector(new Packet.Connect("/", null), "0"),
                vector(new Packet.Connect("/", "{\"sid\":\"x\"}"), "0{\"sid\":\"x\"}"),
                vector(new Packet.Connect("/admin", "{\"sid\":\"x\"}"), "0/admin,{\"sid\":\"x\"}"),
                vector(new Packet.Disconnect("/"), "1"),
                vector(new Packet.Disconnect("/admin"), "1/admin,"),
                vector(new Packet.ConnectError("/x", "{\"message\":\"no\"}"), "4/x,{\"message\":\"no\"}"),
                vector(new Packet.Event("/", "say", Arguments.of(), null), "2[\"say\"]"),
                vector(
                        new Packet.Event("/", "a\"b\n", Arguments.of("x", 1, true, null, 2L), null),
                        "2[\"a\\\"b\\n\",\"x\",1,true,null,2]"),
                vector(
                        new Packet.Event("/admin", "say", Arguments.of(Map.of("a", List.of(1))), 12L),
                        "2/admin,12[\"say\",{\"a\":[1]}]"),
                vector(
                        new Packet.Event("/", "t", Arguments.of(Instant.EPOCH, Double.NaN), 0L),
                        "20[\"t\",\"1970-01-01T00:00:00.000Z\",null]"),
                vector(new Packet.Ack("/", 0, Arguments.of()), "30[]"),
                vector(new Packet.Ack("/admin", 456, Arguments.of("ok", 2)), "3/admin,456[\"ok\",2]"),
                vector(
                        new Packet.Event("/", "b", Arguments.of(bytes), null),
                        "51-[\"b\",{\"_placeholder\":true,\"num\":0}]",
                        "b:010203"),
                vector(
                        new Packet.Event(
                                "/x", "b", Arguments.of("t", Map.of("a", bytes), ByteBuffer.wrap(bytes, 1, 2)), 7L),
                        "52-/x,7[\"b\",\"t\",{\"a\":{\"_placeholder\":true,\"num\":0}},{\"_placeholder\":true,\"num\":1}]",
                        "b:010203",
                        "b:0203"),
                vector(
                        new Packet.Ack("/", 3, Arguments.of(List.of(new byte[0]))),
                        "61-3[[{\"_placeholder\":true,\"num\":0}]]",
                        "b:"));
    }

    private static org.junit.jupiter.params.provider.Arguments vector(Packet packet, String... messages) {
        return org.junit.jupiter.params.provider.Arguments.of(packet, List.of(messages));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void givenAPacket_whenEncoded_thenItsMessagesMatch(Packet packet, List<String> messages) {
        assertThat(shown(ENCODER.encode(packet))).isEqualTo(messages);
    }

    @Test
    void givenAnEventThatCameInWithBinary_whenSentOn_thenItIsTheSameEvent() {
        PacketDecoder decoder = new PacketDecoder(JsonCodec.standard());
        decoder.add("52-/a,[\"x\",{\"_placeholder\":true,\"num\":1},1.0,[{\"_placeholder\":true,\"num\":0}]]");
        decoder.add(ByteBuffer.wrap(new byte[] {1}));
        Packet.Event event = (Packet.Event) decoder.add(ByteBuffer.wrap(new byte[] {2}));

        List<EncodedPacket> messages = ENCODER.encode(event);

        assertThat(shown(messages))
                .containsExactly(
                        "52-/a,[\"x\",{\"_placeholder\":true,\"num\":0},1.0,[{\"_placeholder\":true,\"num\":1}]]",
                        "b:02",
                        "b:01");
    }

    @Test
    void givenMoreBinaryThanThePeerTakes_whenEncoded_thenItIsRefused() {
        Packet packet = new Packet.Event("/", "x", Arguments.of(Collections.nCopies(11, new byte[1])), null);

        assertThatThrownBy(() -> ENCODER.encode(packet))
                .hasMessage("11 binary values in one packet (expected: at most 10, which is what the peer takes)");
    }

    private static List<String> shown(List<EncodedPacket> packets) {
        return Wire.messages(packets).stream()
                .map(message ->
                        message instanceof byte[] bytes ? "b:" + HexFormat.of().formatHex(bytes) : (String) message)
                .toList();
    }
}
