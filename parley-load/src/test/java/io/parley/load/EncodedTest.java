package io.parley.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.parley.load.Messages.Answer;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedTest {

    private static final int NUMBER = 0x12345;

    @Test
    void givenText_whenAppended_thenItIsAMaskedFrameWithItsNumber() {
        ByteBuf frame = appended(Messages.text(64), "ws://127.0.0.1/");

        assertThat(frame.readShort()).isEqualTo((short) 0x81C0);
        assertThat(unmasked(frame, 64)).startsWith("00012345").matches("[0-9]{8}[a-z ]{56}");
        assertThat(frame.isReadable()).isFalse();
    }

    @Test
    void givenABinaryMessage_whenAppended_thenItIsABinaryFrame() {
        ByteBuf frame = appended(Messages.binary(70_000), "ws://127.0.0.1/");

        assertThat(frame.readShort()).isEqualTo((short) 0x82FF);
        assertThat(frame.readLong()).isEqualTo(70_000);
        assertThat(unmasked(frame, 70_000)).startsWith("00012345");
    }

    @Test
    void givenCompression_whenAppended_thenItInflatesToAPayload() {
        Payloads payloads = new Payloads(1024);
        Target target = Target.builder("ws://127.0.0.1/").deflate(true).build();
        Encoded encoded = Encoded.of(Messages.text(1024), payloads, target);
        ByteBuf frame = Unpooled.buffer();

        encoded.append(NUMBER, frame);

        assertThat(encoded.areNumbered()).isFalse();
        assertThat(frame.readUnsignedShort()).isEqualTo(0xC1FE);
        byte[] deflated = unmasked(frame, frame.readUnsignedShort()).getBytes(ISO_8859_1);
        assertThat(payloads.contains(Deflated.inflate(deflated, 2000))).isTrue();
    }

    @Test
    void givenAnEventToBeAcknowledged_whenAppended_thenIdAndNumberAreIn() {
        ByteBuf frame = appended(Messages.event("ask", 16).acknowledged(Answer.SAME), "http://127.0.0.1/stage");

        frame.skipBytes(2);
        assertThat(unmasked(frame, 42))
                .startsWith("42/stage," + ((1 << 20) + NUMBER) + "[\"ask\",\"00012345")
                .endsWith("\"]");
    }

    @Test
    void givenABinaryEvent_whenAppended_thenItIsAPacketAndAnAttachment() {
        ByteBuf frames = appended(Messages.binaryEvent("blob", 16), "http://127.0.0.1/");

        frames.skipBytes(2);
        String packet = "451-[\"blob\",{\"_placeholder\":true,\"num\":0}]";
        assertThat(unmasked(frames, packet.length())).isEqualTo(packet);
        assertThat(frames.readShort()).isEqualTo((short) 0x8290);
        assertThat(unmasked(frames, 16)).startsWith("00012345");
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10, 100})
    void givenABinaryEventOverPolling_whenAppended_thenTheNumberIsInBase64(int bytes) {
        Payloads payloads = new Payloads(bytes);
        Target target =
                Target.builder("http://127.0.0.1/").wire(Wire.SOCKETIO_POLLING).build();
        ByteBuf body = Unpooled.buffer();

        Encoded.of(Messages.binaryEvent("blob", bytes), payloads, target).append(NUMBER, body);

        String[] packets = body.toString(US_ASCII).split("\u001e", -1);
        assertThat(packets).hasSize(2);
        byte[] attachment = Base64.getDecoder().decode(packets[1].substring(1));
        assertThat(new String(attachment, US_ASCII)).hasSize(bytes).startsWith("00012345");
        assertThat(payloads.matches(NUMBER, Unpooled.wrappedBuffer(attachment), 0))
                .isTrue();
    }

    private static ByteBuf appended(Messages messages, String url) {
        ByteBuf out = Unpooled.buffer();
        Encoded.of(messages, new Payloads(messages.payloadBytes()), Target.of(url))
                .append(NUMBER, out);
        return out;
    }

    /** A mask and what is masked by it. */
    private static String unmasked(ByteBuf in, int length) {
        byte[] mask = ByteBufUtil.getBytes(in.readSlice(4));
        byte[] payload = ByteBufUtil.getBytes(in.readSlice(length));
        for (int i = 0; i < length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return new String(payload, ISO_8859_1);
    }
}
