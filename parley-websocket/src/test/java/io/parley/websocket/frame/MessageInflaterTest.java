package io.parley.websocket.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageInflaterTest {

    private static final String VECTORS = "/vectors/rfc7692-messages.csv";
    private static final byte[] HELLO = HexFormat.of().parseHex("f248cdc9c90700");

    @ParameterizedTest(name = "{0} {1}")
    @CsvFileSource(resources = VECTORS, delimiter = ';', quoteCharacter = '"')
    void givenAVector_whenInflated_thenItsOutcomeMatches(
            String section, String name, boolean contextTakeover, String payloads, String outcome) {
        try (Inflated inflated = new Inflated(15, contextTakeover)) {
            List<String> texts = inflated.texts(payloads(payloads), Integer.MAX_VALUE);

            assertThat(inWords(texts)).as(section).isEqualTo(outcome);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvFileSource(resources = VECTORS, delimiter = ';', quoteCharacter = '"')
    void givenAVector_whenFedByteByByte_thenItsOutcomeMatches(
            String section, String name, boolean contextTakeover, String payloads, String outcome) {
        try (Inflated inflated = new Inflated(15, contextTakeover)) {
            List<String> texts = inflated.texts(payloads(payloads), 1);

            assertThat(inWords(texts)).as(section).isEqualTo(outcome);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 12, 15})
    void givenAWindow_whenTheNextMessageRefersBackAsFarAsThat_thenItIsInflated(int windowBits) {
        int window = 1 << Math.max(9, windowBits);
        byte[] first = new byte[window];
        Arrays.fill(first, (byte) 'a');
        first[0] = 'x';
        first[1] = 'y';
        first[2] = 'z';
        try (Inflated inflated = new Inflated(windowBits, true)) {
            inflated.inflate(stored(first), Integer.MAX_VALUE);

            byte[] second = inflated.inflate(reference(window), Integer.MAX_VALUE);

            assertThat(second).asString(UTF_8).isEqualTo("xyz");
        }
    }

    @Test
    void givenASmallWindow_whenTheNextMessageRefersBackFarther_thenFails() {
        try (Inflated inflated = new Inflated(10, true)) {
            inflated.inflate(stored(new byte[2_000]), Integer.MAX_VALUE);

            assertThatThrownBy(() -> inflated.inflate(reference(1_025), Integer.MAX_VALUE))
                    .isInstanceOf(FrameException.class)
                    .hasMessage("Compressed message that is not DEFLATE data (expected: RFC 1951)")
                    .extracting("closeCode")
                    .isEqualTo(1007);
        }
    }

    @Test
    void givenABomb_whenTheSinkHasEnough_thenNothingMoreIsInflated() {
        byte[] bomb = zeros(64 << 20);
        AtomicLong taken = new AtomicLong();
        try (MessageInflater inflater = new MessageInflater(15, false)) {
            assertThatThrownBy(() -> inflater.inflate(bomb, 0, bomb.length, true, (bytes, from, count) -> {
                        if (taken.addAndGet(count) > 1 << 20) {
                            throw new FrameException(1009, "enough");
                        }
                    }))
                    .isInstanceOf(FrameException.class)
                    .hasMessage("enough");
        }

        assertThat(bomb.length).isLessThan(100_000);
        assertThat(taken.get()).isBetween(1L << 20, (1L << 20) + 16 * 1024);
    }

    @Test
    void givenTenGibibytesOfZerosOverTheWire_whenInflated_thenTheyStopAtTheLimit() {
        AtomicLong taken = new AtomicLong();
        byte[] mebibyte = zeros(1 << 20);
        int pieces = 0;
        try (MessageInflater inflater = new MessageInflater(15, true)) {
            while (pieces < 10 * 1024) {
                pieces++;
                inflater.inflate(mebibyte, 0, mebibyte.length, false, (bytes, from, count) -> {
                    if (taken.addAndGet(count) > 16 << 20) {
                        throw new FrameException(1009, "enough");
                    }
                });
            }
        } catch (FrameException enough) {
            assertThat(enough).hasMessage("enough");
        }

        assertThat(pieces).isEqualTo(17);
        assertThat(taken.get()).isBetween(16L << 20, (16L << 20) + 16 * 1024);
    }

    @Test
    void givenAMessageUnderWay_whenClosed_thenTheNextOneOfAnotherConnectionIsNotDisturbed() {
        MessageInflater left = new MessageInflater(15, false);
        try (Inflated other = new Inflated(15, false)) {
            left.inflate(HELLO, 0, 3, false, (bytes, from, count) -> {});
            left.close();
            left.close();

            byte[] message = other.inflate(HELLO, 1);

            assertThat(message).asString(UTF_8).isEqualTo("Hello");
        }
    }

    @Test
    void givenASinkThatCloses_whenThereIsMore_thenNothingMoreIsInflatedAndTheNextMessageIsNotDisturbed() {
        byte[] zeros = zeros(1 << 20);
        List<Integer> chunks = new ArrayList<>();
        MessageInflater closed = new MessageInflater(15, true);

        closed.inflate(zeros, 0, zeros.length, true, (bytes, from, count) -> {
            chunks.add(count);
            closed.close();
            try (Inflated other = new Inflated(15, true)) {
                assertThat(other.inflate(HELLO, 1)).asString(UTF_8).isEqualTo("Hello");
            }
        });

        assertThat(chunks).containsExactly(16 * 1024);
    }

    @Test
    void givenMessagesOfManyConnectionsUnderWay_whenTheirPiecesAlternate_thenEachIsItsOwn() {
        List<MessageInflater> inflaters =
                Stream.generate(() -> new MessageInflater(15, false)).limit(50).toList();
        List<ByteArrayOutputStream> messages = Stream.generate(ByteArrayOutputStream::new)
                .limit(inflaters.size())
                .toList();

        for (int at = 0; at < HELLO.length; at++) {
            for (int i = 0; i < inflaters.size(); i++) {
                inflaters.get(i).inflate(HELLO, at, 1, at == HELLO.length - 1, messages.get(i)::write);
            }
        }

        assertThat(messages).allSatisfy(message -> assertThat(message).hasToString("Hello"));
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 16})
    void givenAWindowOutOfRange_whenMade_thenThrows(int windowBits) {
        assertThatThrownBy(() -> new MessageInflater(windowBits, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("windowBits: " + windowBits + " (expected: 8 to 15)");
    }

    private static List<byte[]> payloads(String hex) {
        return Arrays.stream(hex.split("/"))
                .map(payload -> HexFormat.of().parseHex(payload.replaceAll("[ ']", "")))
                .toList();
    }

    private static String inWords(List<String> texts) {
        return String.join(
                ", ", texts.stream().map(text -> text.isEmpty() ? "''" : text).toList());
    }

    /** That many zeros, compressed, with the mark at the end. */
    private static byte[] zeros(int count) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(new byte[count]);
        byte[] room = new byte[count / 500];
        int length = deflater.deflate(room, 0, room.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(room, length);
    }

    /** A message without compression. */
    private static byte[] stored(byte[] message) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        int length = message.length;
        payload.writeBytes(new byte[] {0, (byte) length, (byte) (length >> 8), (byte) ~length, (byte) (~length >> 8)});
        payload.writeBytes(message);
        payload.write(0);
        return payload.toByteArray();
    }

    /** A message of three bytes, which are those at this distance. */
    private static byte[] reference(int distance) {
        Bits bits = new Bits();
        bits.add(0b010, 3); // not the last block; fixed codes
        bits.addCode(1, 7); // length 3
        int code = 0;
        int extra = 0;
        int base = 1;
        while (base + (1 << extra) <= distance) {
            base += 1 << extra;
            code++;
            extra = Math.max(0, code / 2 - 1);
        }
        bits.addCode(code, 5);
        bits.add(distance - base, extra);
        bits.addCode(0, 7); // the end of the block
        bits.add(0, 3); // an empty block, whose mark is left out
        return bits.toBytes();
    }

    /** Bits as DEFLATE packs them (RFC 1951 section 3.1.1). */
    private static final class Bits {

        private final BitSet set = new BitSet();
        private int length;

        void add(int value, int count) {
            for (int i = 0; i < count; i++) {
                set.set(length++, (value >> i & 1) != 0);
            }
        }

        void addCode(int code, int count) {
            for (int i = count - 1; i >= 0; i--) {
                set.set(length++, (code >> i & 1) != 0);
            }
        }

        byte[] toBytes() {
            return Arrays.copyOf(set.toByteArray(), (length + 7) / 8);
        }
    }
}
