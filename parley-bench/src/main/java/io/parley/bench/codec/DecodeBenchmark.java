package io.parley.bench.codec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelPipeline;
import java.util.List;
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
import org.openjdk.jmh.infra.Blackhole;

/** From the bytes of one read to messages: unmasked, checked, as strings where they are text. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class DecodeBenchmark {

    /** What is decoded. */
    @Param({"text-64", "text-1k", "utf8-1k", "binary-1m"})
    public String sample;

    private List<ByteBuf> reads;
    private ChannelPipeline parley;
    private ChannelPipeline netty;

    /** Makes both pipelines. */
    @Setup
    public void setUp(Blackhole blackhole) {
        reads = Sample.of(sample).reads();
        parley = Pipelines.parley(blackhole::consume).channel().pipeline();
        netty = Pipelines.netty(blackhole::consume).pipeline();
    }

    /** Releases what was decoded. */
    @TearDown
    public void tearDown() {
        reads.forEach(ByteBuf::release);
    }

    /** Ours. */
    @Benchmark
    public void parley() {
        readInto(parley);
    }

    /** Netty's. */
    @Benchmark
    public void netty() {
        readInto(netty);
    }

    private void readInto(ChannelPipeline pipeline) {
        for (ByteBuf read : reads) {
            pipeline.fireChannelRead(read.retainedDuplicate());
        }
        pipeline.fireChannelReadComplete();
    }
}
