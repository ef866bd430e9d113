package io.parley.bench.path;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.engineio.packet.EnginePacket;
import io.parley.engineio.packet.PacketDecoder;
import io.parley.engineio.packet.PayloadDecoder;
import io.parley.engineio.packet.PayloadEncoder;
import java.nio.ByteBuffer;
import java.util.Collections;
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
import org.openjdk.jmh.infra.Blackhole;

/** Engine.IO packets: one in a WebSocket message, sixteen in a polling body. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class EnginePacketBenchmark {

    private static final int PACKETS = 16;

    /** How long the text in each is. */
    @Param({"64", "1024"})
    public int chars;

    private String text;
    private String packet;
    private List<EncodedPacket> packets;
    private ByteBuffer body;

    /** Makes the packets. */
    @Setup
    public void setUp() {
        text = "x".repeat(chars);
        packet = "4" + text;
        packets = Collections.nCopies(PACKETS, EncodedPacket.text(text));
        body = PayloadEncoder.encode(packets);
    }

    /** One text message to its frame. */
    @Benchmark
    public int encode() {
        return EncodedPacket.text(text).webSocketMessage().length();
    }

    /** One text message from its frame's text. */
    @Benchmark
    public EnginePacket decode() {
        return PacketDecoder.decode(packet);
    }

    /** A polling body of sixteen that were encoded before. */
    @Benchmark
    public ByteBuffer encodeBody() {
        return PayloadEncoder.encode(packets);
    }

    /** The same back. */
    @Benchmark
    public void decodeBody(Blackhole blackhole) {
        PayloadDecoder decoder = new PayloadDecoder(body);
        while (decoder.hasNext()) {
            blackhole.consume(decoder.next());
        }
    }
}
