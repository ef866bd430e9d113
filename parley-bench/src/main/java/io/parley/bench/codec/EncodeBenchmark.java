package io.parley.bench.codec;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From messages of the application, several in one turn of the loop, to bytes in direct memory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings({"NullAway.Init", "FutureReturnValueIgnored"}) // JMH sets the fields; a void promise tells nothing
public class EncodeBenchmark {

    /** What is encoded. */
    @Param({"text-64", "text-1k", "utf8-1k", "binary-1m"})
    public String sample;

    private Sample messages;
    private String text;
    private Pipelines.Ours parley;
    private ChannelHandlerContext netty;

    /** Makes both pipelines. */
    @Setup
    public void setUp() {
        messages = Sample.of(sample);
        text = messages.string();
        parley = Pipelines.parley(message -> {});
        netty = Pipelines.netty(message -> {}).pipeline().lastContext();
    }

    /** Ours. */
    @Benchmark
    public void parley() {
        for (int i = 0; i < messages.count(); i++) {
            if (messages.isText()) {
                parley.connection().send(text);
            } else {
                parley.connection().send(ByteBuffer.wrap(messages.payload()));
            }
        }
        parley.channel().runPendingTasks(); // the flush
    }

    /** Netty's. */
    @Benchmark
    public void netty() {
        for (int i = 0; i < messages.count(); i++) {
            netty.write(frame(), netty.voidPromise());
        }
        netty.flush();
    }

    private WebSocketFrame frame() {
        return messages.isText()
                ? new TextWebSocketFrame(text)
                : new BinaryWebSocketFrame(Unpooled.wrappedBuffer(messages.payload()));
    }
}
