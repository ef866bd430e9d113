package io.parley.websocket.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.handler.codec.http.websocketx.WebSocket08FrameDecoder;
import io.parley.bench.codec.NettyInternals;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Unmasks a payload in place; ours finds out in the same pass whether it is ASCII. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class UnmaskBenchmark {

    private static final int MASK = 0x37FA213D;

    /** The length of the payload. */
    @Param({"64", "1024", "1048576"})
    public int bytes;

    private byte[] ours;
    private ByteBuf theirs;
    private WebSocket08FrameDecoder netty;

    /** Makes both payloads. */
    @Setup
    public void setUp() {
        ours = new byte[bytes];
        theirs = PooledByteBufAllocator.DEFAULT.directBuffer(bytes).writeZero(bytes);
        netty = NettyInternals.decoder(MASK);
    }

    /** Releases Netty's. */
    @TearDown
    public void tearDown() {
        theirs.release();
    }

    /** Ours. */
    @Benchmark
    public boolean parley() {
        return Masking.apply(ours, 0, bytes, MASK);
    }

    /** Netty's. */
    @Benchmark
    public ByteBuf netty() {
        NettyInternals.unmask(netty, theirs);
        return theirs;
    }
}
