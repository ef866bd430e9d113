package io.parley.websocket.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.parley.testkit.Generator;
import io.parley.testkit.RawWebSocket;
import io.parley.websocket.ConnectionOptions;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {

    private static final int VECTORS_MAX_MESSAGE_BYTES = 1000;

    @ParameterizedTest(name = "{0} {1}")
    @CsvFileSource(resources = "/vectors/rfc6455-frames.csv", delimiter = ';', maxCharsPerColumn = 10_000)
    void givenAVector_whenDecoded_thenItsOutcomeMatches(
            String section, String name, Role role, String wire, String outcome) {
        assertThat(new Decoded(role, VECTORS_MAX_MESSAGE_BYTES).feed(bytes(wire)))
                .as(section)
                .hasToString(outcome);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvFileSource(resources = "/vectors/rfc6455-frames.csv", delimiter = ';', maxCharsPerColumn = 10_000)
    void givenAVector_whenFedByteByByte_thenItsOutcomeMatches(
            String section, String name, Role role, String wire, String outcome) {
        assertThat(new Decoded(role, VECTORS_MAX_MESSAGE_BYTES).feedByteByByte(bytes(wire)))
                .as(section)
                .hasToString(outcome);
    }

    @Test
    void givenRandomMessages_whenFragmentedAndCutAnywhere_thenTheyComeOutAsTheyWentIn() {
        Generator.check(300, random -> {
            Conversation sent = new Conversation(random);

            Decoded decoded = new Decoded(Role.SERVER, 200_000);
            byte[] wire = sent.wire.toByteArray();
            for (int at = 0; at < wire.length; ) {
                int end = random.integer(at + 1, Math.min(wire.length, at + random.length(70_000) + 1));
                decoded.feed(wire, at, end);
                at = end;
            }

            assertThat(decoded.events).isEqualTo(sent.events);
        });
    }

    @Test
    void givenRandomBytes_whenCutAnywhere_thenTheOutcomeIsTheSame() {
        Generator.check(2_000, random -> {
            byte[] wire = random.bytes(random.integer(1, 60));
            wire[0] &= (byte) 0x8F; // without reserved bits, or most would end there
            wire[1 % wire.length] |= (byte) 0x80;

            String atOnce = new Decoded(Role.SERVER, 100).feed(wire).toString();
            String byteByByte =
                    new Decoded(Role.SERVER, 100).feedByteByByte(wire).toString();

            assertThat(byteByByte).isEqualTo(atOnce);
        });
    }

    @Test
    void givenAMessageInParts_whenItsLastByteIsDecoded_thenItsEndIsHandedOverWithoutMoreInput() {
        ConnectionOptions inParts = ConnectionOptions.builder().streaming(true).build();
        List<String> parts = new ArrayList<>();
        FrameListener listener = new Decoded(Role.CLIENT, inParts) {
            @Override
            public void onPart(boolean text, ByteBuffer bytes, boolean last) {
                parts.add(bytes.remaining() + (last ? " last" : ""));
            }
        };

        boolean handedOver = new FrameDecoder(Role.CLIENT, inParts, null)
                .decode(Unpooled.wrappedBuffer(bytes("8203010203")), listener);

        assertThat(handedOver).isTrue();
        assertThat(parts).containsExactly("3", "0 last");
    }

    @Test
    void givenTextsOfAllLengths_whenEachComesInOnePiece_thenItIsWhatWasSentAndStaysSo() {
        Decoded decoded = new Decoded(Role.CLIENT, 100_000);
        List<String> expected = new ArrayList<>();
        for (String character : List.of("a", "é", "ж", "🚲", "\uFFFD")) {
            for (int length :
                    new int[] {1, 7, 8, 40, 1_000, Payload.SCRATCH_BYTES - 1, Payload.SCRATCH_BYTES, 60_000}) {
                String text = "x".repeat(length % 4) + character.repeat(length / character.getBytes(UTF_8).length);
                decoded.feed(frame(text.getBytes(UTF_8)));
                expected.add("TEXT " + text);
            }
        }

        assertThat(decoded.events).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 900, Payload.SCRATCH_BYTES})
    void givenTextThatIsNoUtf8_whenItComesInOnePiece_thenFailsAtItsFirstBadByte(int goodBytes) {
        byte[] text = "a".repeat(goodBytes + 10).getBytes(UTF_8);
        text[goodBytes] = (byte) 0xC0;

        Decoded decoded = new Decoded(Role.CLIENT, 100_000).feed(frame(text));

        assertThat(decoded).hasToString("FAIL 1007 Text with byte 0xc0 at " + goodBytes + " (expected: UTF-8)");
    }

    @Test
    void givenNoLimit_whenMade_thenThrows() {
        assertThatThrownBy(() -> new FrameDecoder(Role.SERVER, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxMessageBytes: 0 (expected: 1 or more)");
    }

    /** A text frame as a server sends it. */
    private static byte[] frame(byte[] payload) {
        ByteBuf frame = Unpooled.buffer();
        FrameEncoder.writeHeader(frame, FrameEncoder.FINAL | Opcode.TEXT.code(), payload.length);
        return ByteBufUtil.getBytes(frame.writeBytes(payload));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** Random messages as a client may send them, and what is to come of them. */
    private static final class Conversation {

        final ByteArrayOutputStream wire = new ByteArrayOutputStream();
        final List<String> events = new ArrayList<>();
        private final Generator random;

        Conversation(Generator random) {
            this.random = random;
            for (int i = random.integer(1, 6); i > 0; i--) {
                addMessage();
            }
        }

        private void addMessage() {
            if (random.bool()) {
                String text = random.text(random.length(3_000));
                addFragments(RawWebSocket.TEXT, text.getBytes(StandardCharsets.UTF_8));
                expect("TEXT", text);
            } else {
                byte[] bytes = random.bytes(random.length(70_000));
                addFragments(RawWebSocket.BINARY, bytes);
                expect("BINARY", HexFormat.of().formatHex(bytes));
            }
        }

        private void expect(String what, String detail) {
            events.add(detail.isEmpty() ? what : what + " " + detail);
        }

        private void addFragments(int opcode, byte[] payload) {
            int at = 0;
            int next = opcode;
            while (random.bool()) {
                int end = random.integer(at, payload.length);
                addFrame(next, Arrays.copyOfRange(payload, at, end));
                addControlFrames();
                at = end;
                next = RawWebSocket.CONTINUATION;
            }
            addFrame(0x80 | next, Arrays.copyOfRange(payload, at, payload.length));
        }

        private void addControlFrames() {
            while (random.bool()) {
                byte[] payload = random.bytes(random.length(125));
                addFrame(0x80 | RawWebSocket.PING, payload);
                expect("PING", HexFormat.of().formatHex(payload));
            }
        }

        private void addFrame(int header, byte[] payload) {
            byte[] frame = RawWebSocket.frame(header, true, payload);
            wire.write(frame, 0, frame.length);
        }
    }
}
