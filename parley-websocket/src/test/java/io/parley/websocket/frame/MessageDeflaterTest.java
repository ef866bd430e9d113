package io.parley.websocket.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.parley.testkit.Generator;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageDeflaterTest {

    @Test
    void givenTheMessageOfTheRfc_whenDeflated_thenItsBytesMatch() {
        try (MessageDeflater deflater = new MessageDeflater(15, true, 6)) {
            assertThat(deflated(deflater, "Hello")).isEqualTo("f248cdc9c90700");
            assertThat(deflated(deflater, "Hello")).isEqualTo("f200110000");
        }
    }

    @Test
    void givenNoContextTakeover_whenTheSameIsDeflatedAgain_thenNothingRefersBack() {
        try (MessageDeflater deflater = new MessageDeflater(15, false, 6)) {
            assertThat(deflated(deflater, "Hello")).isEqualTo("f248cdc9c90700");
            assertThat(deflated(deflater, "Hello")).isEqualTo("f248cdc9c90700");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenAnEmptyMessage_whenDeflated_thenItIsAnEmptyBlockAtAnyTime(boolean contextTakeover) {
        try (MessageDeflater deflater = new MessageDeflater(15, contextTakeover, 6)) {
            assertThat(deflated(deflater, "")).isEqualTo("00");
            assertThat(deflated(deflater, "")).isEqualTo("00");
            assertThat(deflated(deflater, "Hello")).isEqualTo("f248cdc9c90700");
            assertThat(deflated(deflater, "")).isEqualTo("00");
        }
    }

    @Test
    void givenAMessageInPieces_whenDeflated_thenOnlyTheLastLeavesItsMarkOut() {
        try (MessageDeflater deflater = new MessageDeflater(15, true, 6)) {
            assertThat(deflated(deflater, "Hel", false)).isEqualTo("f248cd01000000ffff");
            assertThat(deflated(deflater, "", false)).isEmpty();
            assertThat(deflated(deflater, "lo", true)).isEqualTo("cac90700");
            assertThat(deflated(deflater, "Hello", true)).isEqualTo("f200110000");
        }
    }

    @Test
    void givenAForeignFrameWasSent_whenReset_thenTheNextMessageRefersToNothing() {
        try (MessageDeflater deflater = new MessageDeflater(15, true, 6)) {
            deflated(deflater, "Hello");

            deflater.reset();

            assertThat(deflated(deflater, "Hello")).isEqualTo("f248cdc9c90700");
            assertThat(deflated(deflater, "Hello")).isEqualTo("f200110000");
        }
    }

    @Test
    void givenAMessageUnderWay_whenReset_thenThrows() {
        try (MessageDeflater deflater = new MessageDeflater(15, true, 6)) {
            deflated(deflater, "Hel", false);

            assertThatThrownBy(deflater::reset)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("reset() inside a message (expected: after its last piece)");
        }
    }

    @Test
    void givenMessagesOfTwoConnectionsUnderWay_whenTheirPiecesAlternate_thenEachIsItsOwn() {
        try (MessageDeflater one = new MessageDeflater(15, false, 6);
                MessageDeflater other = new MessageDeflater(15, false, 6)) {
            String ones = deflated(one, "Hello ", false);
            String others = deflated(other, "Good ", false);
            ones += deflated(one, "world", true);
            others += deflated(other, "bye", true);

            assertThat(inflated(ones)).isEqualTo("Hello world");
            assertThat(inflated(others)).isEqualTo("Good bye");
        }
    }

    @Test
    void givenAMessageUnderWay_whenClosed_thenTheNextOneBeginsAnew() {
        MessageDeflater deflater = new MessageDeflater(15, true, 6);
        deflated(deflater, "Hello", false);

        deflater.close();
        deflater.close();

        assertThat(deflated(deflater, "Hello")).isEqualTo("f248cdc9c90700");
        deflater.close();
    }

    @Test
    void givenAnyMessages_whenDeflatedAndInflated_thenTheyAreTheSame() {
        Generator.check(400, random -> {
            int windowBits = random.integer(8, 15);
            boolean contextTakeover = random.bool();
            try (MessageDeflater deflater = new MessageDeflater(windowBits, contextTakeover, random.integer(1, 9));
                    Inflated inflated = new Inflated(windowBits, contextTakeover)) {
                for (int i = random.integer(1, 8); i > 0; i--) {
                    byte[] message = DeflateSamples.message(random, 100_000);

                    byte[] payload = DeflateSamples.deflated(random, deflater, message);
                    byte[] received = inflated.inflate(payload, random.integer(1, payload.length));

                    assertThat(received).isEqualTo(message);
                    if (contextTakeover && random.integer(0, 5) == 0) {
                        deflater.reset();
                    }
                }
            }
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "7; 6; windowBits: 7 (expected: 8 to 15)",
                "16; 6; windowBits: 16 (expected: 8 to 15)",
                "15; 0; level: 0 (expected: 1 to 9)",
                "15; 10; level: 10 (expected: 1 to 9)"
            })
    void givenANumberOutOfRange_whenMade_thenThrows(int windowBits, int level, String message) {
        assertThatThrownBy(() -> new MessageDeflater(windowBits, true, level))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static String deflated(MessageDeflater deflater, String text) {
        return deflated(deflater, text, true);
    }

    private static String deflated(MessageDeflater deflater, String text, boolean last) {
        ByteBuf out = Unpooled.buffer();
        deflater.deflate(ByteBuffer.wrap(text.getBytes(UTF_8)), last, out);
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String inflated(String hex) {
        byte[] payload = HexFormat.of().parseHex(hex);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        new MessageInflater(15, false).inflate(payload, 0, payload.length, true, message::write);
        return message.toString(UTF_8);
    }
}
