package io.parley.engineio.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.engineio.packet.PacketStreamDecoder;
import io.parley.websocket.EventLoop;
import io.parley.websocket.HttpHeaders;
import io.parley.websocket.server.HttpRequest;
import io.parley.websocket.server.HttpResponse;
import io.parley.websocket.testing.ManualEventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The server's end of a WebTransport session without a network; the test is the client. */
final class InMemoryWebTransport implements WebTransportExchange, WebTransportConnection {

    private final ManualEventLoop loop;
    private final HttpRequest request;
    private final List<String> sent = new ArrayList<>();
    private final PacketStreamDecoder decoder = new PacketStreamDecoder(1 << 24);
    private @Nullable WebTransportListener listener;
    private @Nullable HttpResponse refusal;
    private String end = ""; // how the server ended it
    private boolean over;
    private boolean paused;
    private boolean writable = true;
    private long buffered;

    InMemoryWebTransport(ManualEventLoop loop, String target, String... headers) {
        this.loop = loop;
        request = new HttpRequest(
                "CONNECT",
                target,
                HttpHeaders.of(headers),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_002),
                true);
    }

    // --- the client's view

    boolean isAccepted() {
        return listener != null;
    }

    /** What the server answered instead of a session. */
    Optional<HttpResponse> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Packets that were sent since the last call: text, or hex digits behind {@code 0x}. */
    List<String> takeSent() {
        List<String> packets = List.copyOf(sent);
        sent.clear();
        return packets;
    }

    /** {@code closed} or {@code cut} by the server; empty while it has done neither. */
    String end() {
        return end;
    }

    boolean isPaused() {
        return paused;
    }

    /** The client sends a text packet. */
    void receive(String packet) {
        byte[] text = packet.getBytes(UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(1 + text.length).put((byte) text.length);
        receive(bytes.put(text).flip());
    }

    void receive(EncodedPacket packet) {
        receive(packet.streamForm());
    }

    /** The client sends bytes, in hex digits. */
    void receiveBytes(String hex) {
        receive(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }

    private void receive(ByteBuffer bytes) {
        loop.call(() -> listener.onBytes(this, bytes));
    }

    /** The client closes, or the network is lost. */
    void receiveClose(String description) {
        loop.call(() -> end(description));
    }

    /** The network takes nothing more, or takes again what waits. */
    void writable(boolean nowWritable, long bufferedBytes) {
        boolean drained = nowWritable && !writable;
        writable = nowWritable;
        buffered = bufferedBytes;
        if (drained) {
            loop.call(() -> listener.onDrain(this));
        }
    }

    // --- the engine's view

    @Override
    public HttpRequest request() {
        return request;
    }

    @Override
    public EventLoop eventLoop() {
        return loop;
    }

    @Override
    public void accept(WebTransportListener accepted) {
        listener = accepted;
        loop.execute(() -> accepted.onOpen(this));
    }

    @Override
    public void refuse(HttpResponse response) {
        refusal = response;
    }

    @Override
    public void send(ByteBuffer bytes) {
        decoder.decode(bytes.duplicate(), packet -> {
            EncodedPacket encoded = EncodedPacket.of(packet);
            ByteBuffer payload = encoded.webSocketMessage().payload();
            byte[] copy = new byte[payload.remaining()];
            payload.get(copy);
            sent.add(
                    encoded.webSocketMessage().isText()
                            ? new String(copy, UTF_8)
                            : "0x" + HexFormat.of().formatHex(copy));
        });
    }

    @Override
    public CompletableFuture<Void> flushed() {
        return over ? CompletableFuture.failedFuture(new IOException("over")) : CompletableFuture.completedFuture(null);
    }

    @Override
    public long bufferedAmount() {
        return buffered;
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public void close() {
        endWith("closed");
    }

    @Override
    public void terminate() {
        endWith("cut");
    }

    private void endWith(String how) {
        if (end.isEmpty() && !over) {
            end = how;
            loop.execute(() -> end(""));
        }
    }

    private void end(String description) {
        if (!over) {
            over = true;
            listener.onClose(this, description);
        }
    }

    @Override
    public void pauseReading() {
        paused = true;
    }

    @Override
    public void resumeReading() {
        paused = false;
    }
}
