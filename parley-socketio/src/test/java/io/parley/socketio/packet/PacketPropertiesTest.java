package io.parley.socketio.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.socketio.Arguments;
import io.parley.socketio.JsonCodec;
import io.parley.testkit.Generator;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

class PacketPropertiesTest {

    private static final PacketEncoder ENCODER = new PacketEncoder(JsonCodec.standard());
    private static final JsonFactory STRICT = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(512)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** Jackson looks at the low byte of a hexadecimal digit only, so it takes some letters for one. */
    private static final Pattern WIDE_HEX_DIGIT =
            Pattern.compile("(?<!\\\\)(\\\\\\\\)*\\\\u[0-9a-fA-F]{0,3}[^\\x00-\\x7f]");

    @Test
    void givenAnyEvent_whenEncodedAndDecoded_thenItIsTheSame() {
        Generator.check(500, random -> {
            Packet.Event event = Samples.event(random);

            Packet.Event decoded = (Packet.Event) Wire.decode(Wire.messages(ENCODER.encode(event)));

            assertThat(decoded.namespace()).isEqualTo(event.namespace());
            assertThat(decoded.name()).isEqualTo(event.name());
            assertThat(decoded.ackId()).isEqualTo(event.ackId());
            assertSame(decoded.arguments(), event.arguments());
        });
    }

    @Test
    void givenAnyAck_whenEncodedAndDecoded_thenItIsTheSame() {
        Generator.check(500, random -> {
            Packet.Ack ack = Samples.ack(random);

            Packet.Ack decoded = (Packet.Ack) Wire.decode(Wire.messages(ENCODER.encode(ack)));

            assertThat(decoded.namespace()).isEqualTo(ack.namespace());
            assertThat(decoded.ackId()).isEqualTo(ack.ackId());
            assertSame(decoded.arguments(), ack.arguments());
        });
    }

    @Test
    void givenAnyEventThatCameIn_whenSentOn_thenItIsTheSame() {
        Generator.check(500, random -> {
            Packet.Event event = Samples.event(random);
            List<Object> messages = Wire.messages(ENCODER.encode(event));

            List<Object> sentOn = Wire.messages(ENCODER.encode(Wire.decode(messages)));

            assertThat(sentOn).usingRecursiveComparison().isEqualTo(messages);
        });
    }

    private static void assertSame(Arguments actual, Arguments expected) {
        assertThat(actual.size()).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.kind(i)).isEqualTo(expected.kind(i));
            if (!expected.isNull(i)) {
                assertThat(actual.as(i, Object.class))
                        .usingRecursiveComparison()
                        .isEqualTo(expected.as(i, Object.class));
            }
        }
    }

    @Test
    void givenAnyText_whenScanned_thenItIsTakenExactlyWhenAStrictParserTakesIt() {
        Generator.check(3_000, random -> {
            String json = json(random);
            String text = random.integer(0, 9) == 0 ? json : Samples.spoilt(random, json);

            assertThat(scannerTakes(text)).as(text).isEqualTo(strictParserTakes(text));
        });
    }

    private static String json(Generator random) {
        String text =
                (String) Wire.messages(ENCODER.encode(Samples.event(random))).get(0);
        return text.substring(text.indexOf("[\"e"));
    }

    static boolean scannerTakes(String text) {
        try {
            new JsonScanner(text, 0, 512, new Placeholders(10)).scanOnlyArray();
            return true;
        } catch (PacketException expected) {
            return false;
        }
    }

    static boolean strictParserTakes(String text) {
        if (WIDE_HEX_DIGIT.matcher(text).find()) {
            return false;
        }
        try (JsonParser parser = STRICT.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return false;
            }
            for (int depth = 1; depth > 0; ) {
                JsonToken token = parser.nextToken();
                if (token == null) {
                    return false;
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                parser.getString();
            }
            return parser.nextToken() == null;
        } catch (JacksonException expected) {
            return false;
        }
    }
}
