package io.parley.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MessagesTest {

    @Test
    void givenText_whenFramed_thenItIsMaskedAndOfThatLength() {
        Messages messages = Messages.text(64, false);

        ByteBuffer frame = messages.frames(3, 1);

        assertThat(frame.remaining()).isEqualTo(2 + 4 + 64);
        assertThat(frame.getShort()).isEqualTo((short) 0x81C0);
        assertThat(unmasked(frame)).isEqualTo(messages.payload(3));
    }

    @Test
    void givenCompressedText_whenInflated_thenItIsTheMessage() {
        Messages messages = Messages.text(1024, true);

        ByteBuffer frame = messages.frames(0, 1);

        assertThat(frame.getInt() >>> 16).isEqualTo(0xC1FE);
        assertThat(Deflated.inflate(unmasked(frame))).isEqualTo(messages.payload(0));
    }

    @Test
    void givenMessages_whenTakenInARow_thenTheyAreDifferent() {
        Messages messages = Messages.binary(1024 * 1024, false);

        int count = messages.count();

        assertThat(count).isEqualTo(4);
        assertThat(messages.payload(0)).isNotEqualTo(messages.payload(1));
        assertThat(messages.frames(0, 4).remaining()).isEqualTo(4 * (14 + 1024 * 1024));
    }

    private static byte[] unmasked(ByteBuffer maskAndPayload) {
        byte[] mask = new byte[4];
        maskAndPayload.get(mask);
        byte[] payload = new byte[maskAndPayload.remaining()];
        maskAndPayload.get(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return Arrays.copyOf(payload, payload.length);
    }
}
