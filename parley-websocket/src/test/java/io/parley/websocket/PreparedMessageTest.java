package io.parley.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Deadline;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PreparedMessageTest {

    private final PreparedMessage message = PreparedMessage.text("Hello");
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void givenAnEncoding_whenAskedForTwice_thenItIsMadeOnce() {
        Function<PreparedMessage, ByteBuffer> encoding = this::make;

        ByteBuffer first = message.encodedBy(encoding);
        first.get();
        ByteBuffer second = message.encodedBy(encoding);

        assertThat(made).hasValue(1);
        assertThat(second.position()).isZero();
        assertThat(second.isReadOnly()).isTrue();
    }

    @Test
    void givenMoreEncodingsThanAreKept_whenAskedForAgain_thenTheFirst8AreKeptAndTheRestIsMadeAnew() {
        List<Function<PreparedMessage, ByteBuffer>> encodings = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            int number = i;
            encodings.add(made -> ByteBuffer.wrap(new byte[] {(byte) (number + 10 * this.made.incrementAndGet())}));
        }
        encodings.forEach(message::encodedBy);

        List<Byte> again =
                encodings.stream().map(message::encodedBy).map(ByteBuffer::get).toList();

        assertThat(again)
                .containsExactly(
                        (byte) 10, (byte) 21, (byte) 32, (byte) 43, (byte) 54, (byte) 65, (byte) 76, (byte) 87, (byte)
                                108);
    }

    @Test
    void givenManyThreads_whenTheyAskAtOnce_thenItIsMadeOnce() {
        Function<PreparedMessage, ByteBuffer> encoding = this::make;
        CountDownLatch start = new CountDownLatch(1);
        List<CompletableFuture<ByteBuffer>> askers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            CompletableFuture<ByteBuffer> asker = new CompletableFuture<>();
            askers.add(asker);
            new Thread(() -> {
                        try {
                            start.await();
                            asker.complete(message.encodedBy(encoding));
                        } catch (InterruptedException e) {
                            asker.completeExceptionally(e);
                        }
                    })
                    .start();
        }
        start.countDown();

        assertThat(askers).allSatisfy(asker -> assertThat(Deadline.get(asker)).isEqualTo(message.payload()));
        assertThat(made).hasValue(1);
    }

    private ByteBuffer make(PreparedMessage from) {
        made.incrementAndGet();
        return from.payload();
    }
}
