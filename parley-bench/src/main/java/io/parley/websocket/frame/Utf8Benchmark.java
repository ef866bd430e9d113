package io.parley.websocket.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
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

/** Checks a text and makes a string of it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class Utf8Benchmark {

    private static final int LENGTH = 1024;

    /** What the text is of. */
    @Param({"ascii", "latin", "cyrillic", "emoji"})
    public String script;

    private byte[] ours;
    private ByteBuf theirs;

    /** Makes both texts, of a little more than 1 KiB. */
    @Setup
    public void setUp() {
        String words =
                switch (script) {
                    case "ascii" -> "The quick brown fox jumps over the lazy dog. ";
                    case "latin" -> "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich. ";
                    case "cyrillic" -> "Съешь же ещё этих мягких французских булок, да выпей чаю. ";
                    default -> "On my way 🚲 see you soon 👋🏽 ";
                };
        byte[] once = words.getBytes(UTF_8);
        ours = words.repeat(LENGTH / once.length + 1).getBytes(UTF_8);
        theirs = PooledByteBufAllocator.DEFAULT.directBuffer(ours.length).writeBytes(ours);
    }

    /** Releases Netty's. */
    @TearDown
    public void tearDown() {
        theirs.release();
    }

    /** Ours: copied out of what was read, as it comes. */
    @Benchmark
    public String parley() {
        Payload payload = new Payload(true);
        payload.endsAt(ours.length);
        payload.append(ours, 0, ours.length);
        return payload.text();
    }

    /** Netty's. */
    @Benchmark
    public String netty() {
        NettyInternals.checkUtf8(theirs);
        return theirs.toString(UTF_8);
    }
}
