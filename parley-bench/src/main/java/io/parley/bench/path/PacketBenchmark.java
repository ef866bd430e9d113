package io.parley.bench.path;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.socketio.packet.Packet;
import io.parley.socketio.packet.PacketParser;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A Socket.IO packet, to the WebSocket frames that all recipients of a broadcast share, and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class PacketBenchmark {

    /** By which parser. */
    @Param({"json", "msgpack"})
    public String parser;

    /** Which packet. */
    @Param({"text-64", "record", "request", "ack", "binary-1k"})
    public String packet;

    private PacketParser either;
    private PacketParser.Decoder decoder;
    private Packet value;
    private List<Object> messages;

    /** Makes the packet and its messages. */
    @Setup
    public void setUp() {
        either = Packets.parser(parser);
        decoder = either.decoder();
        value = Packets.packet(packet);
        messages = Packets.messages(either, value);
    }

    /** To bytes. */
    @Benchmark
    public int encode() {
        int bytes = 0;
        for (EncodedPacket message : either.encode(value)) {
            bytes += message.webSocketMessage().length();
        }
        return bytes;
    }

    /** From messages; arguments stay as they came until they are asked for. */
    @Benchmark
    public @Nullable Packet decode() {
        Packet read = null;
        for (Object message : messages) {
            read = message instanceof String text ? decoder.add(text) : decoder.add((ByteBuffer) message);
        }
        return read;
    }
}
