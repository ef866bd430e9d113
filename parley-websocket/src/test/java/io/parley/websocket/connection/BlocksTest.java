package io.parley.websocket.connection;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.parley.testkit.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BlocksTest {

    @Test
    void givenABlock_whenItIsReleased_thenItsMemoryIsUsedAgain() {
        Blocks blocks = new Blocks(1);
        ByteBuf first = requireNonNull(blocks.take()).writeLong(42);
        assertThat(blocks.inUse()).isEqualTo(1);
        first.release();
        assertThat(blocks.inUse()).isZero();

        ByteBuf second = requireNonNull(blocks.take());

        assertThat(second.readableBytes()).isZero();
        assertThat(second.writableBytes()).isEqualTo(Blocks.BLOCK_BYTES);
        assertThat(second.getLong(0)).isEqualTo(42);
        second.release();
    }

    @Test
    void givenNoBlockLeft_whenOneIsTaken_thenThereIsNone() {
        Blocks blocks = new Blocks(1);
        ByteBuf only = requireNonNull(blocks.take());

        assertThat(blocks.take()).isNull();
        only.release();
    }

    @Test
    void givenTooFewBlocks_whenTheyAreTakenTogether_thenNoneIsTaken() {
        Blocks blocks = new Blocks(3);
        List<ByteBuf> two = blocks.takeFor(Blocks.BLOCK_BYTES + 1L);
        assertThat(two).hasSize(2);

        assertThat(blocks.takeFor(Blocks.BLOCK_BYTES + 1L)).isEmpty();
        assertThat(blocks.takeFor(Long.MAX_VALUE / 2)).isEmpty();

        List<ByteBuf> one = blocks.takeFor(Blocks.BLOCK_BYTES);
        assertThat(one).hasSize(1);
        two.forEach(ByteBuf::release);
        one.forEach(ByteBuf::release);
        assertThat(blocks.inUse()).isZero();
    }

    @Test
    void givenSeveralThreads_whenTheyTakeAndRelease_thenNoTwoHaveTheSameBlock() {
        Blocks blocks = new Blocks(3);
        List<CompletableFuture<Integer>> threads = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            int mark = thread;
            threads.add(CompletableFuture.supplyAsync(() -> marksThatChanged(blocks, mark)));
        }

        for (CompletableFuture<Integer> thread : threads) {
            assertThat(Deadline.get(thread)).isZero();
        }
        assertThat(blocks.inUse()).isZero();
    }

    private static int marksThatChanged(Blocks blocks, int mark) {
        int changed = 0;
        for (int i = 0; i < 3_000; i++) {
            ByteBuf block = blocks.take();
            if (block != null) {
                for (int at = 0; at < 1_000; at++) {
                    block.writeInt(mark);
                }
                while (block.isReadable()) {
                    changed += block.readInt() == mark ? 0 : 1;
                }
                block.release();
            }
        }
        return changed;
    }
}
