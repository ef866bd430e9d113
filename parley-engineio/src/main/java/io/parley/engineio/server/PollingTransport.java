package io.parley.engineio.server;

import static io.parley.engineio.DisconnectReason.TRANSPORT_CLOSE;
import static io.parley.engineio.DisconnectReason.TRANSPORT_ERROR;

import io.parley.engineio.EngineException;
import io.parley.engineio.TransportType;
import io.parley.engineio.packet.EncodedPacket;
import io.parley.engineio.packet.EnginePacket;
import io.parley.websocket.server.HttpExchange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * HTTP long-polling: a GET waits for packets from the server, a POST brings packets from the client, at most one of
 * each at a time. Packets wait for the next GET; those sent while the loop works through one batch leave in one answer.
 *
 * <p><b>Threading.</b> Confined to the session's home; what is volatile is read elsewhere as a hint. Requests may come
 * on another loop: their bodies are read there and handed over, and they may be answered from anywhere.
 */
final class PollingTransport implements Transport {

    /** So many packets of a POST are taken in a row before others get their turn. */
    static final int TURN = 64;

    /** So much is not held back for the end of the batch. */
    private static final int LARGE_ANSWER_BYTES = 64 * 1024;

    private final EngineSession session;
    private final Answers answers;
    private final EngineOptions options;
    private final PollingFormat format;

    private List<EncodedPacket> waiting = List.of(); // a list of its own once something waits
    private volatile long waitingBytes;
    private List<CompletableFuture<Void>> writes = List.of(); // told when what waits has left; likewise
    private volatile @Nullable HttpExchange poll; // non-null while a GET waits for packets
    private @Nullable HttpExchange post; // non-null from a POST's arrival to its answer
    private boolean postTaken; // the packets of the POST are being handled, or were
    private @Nullable Iterator<EnginePacket> unread; // of the POST; non-null while some are to be handled yet
    private boolean turnAwaited; // to go on with them
    private boolean paused;
    private boolean closing; // the next GET takes what waits and the close packet
    private boolean flushing; // the end of the batch will flush
    private boolean noopDue; // the next GET is ended at once, so that the client can go on with its upgrade

    PollingTransport(EngineSession session, Answers answers, EngineOptions options, PollingFormat format) {
        this.session = session;
        this.answers = answers;
        this.options = options;
        this.format = format;
    }

    @Override
    public TransportType type() {
        return TransportType.POLLING;
    }

    /** A request of the session. */
    void onRequest(HttpExchange exchange) {
        switch (exchange.request().method()) {
            case "GET" -> onPoll(exchange);
            case "POST" -> onPost(exchange);
            default -> answers.status(exchange, 500);
        }
    }

    private void onPoll(HttpExchange exchange) {
        if (poll != null) {
            refuse(exchange, "overlap from client");
            return;
        }
        poll = exchange;
        exchange.onAbort(() -> session.eventLoop().run(() -> onPollAborted(exchange)));
        if (!waiting.isEmpty()) {
            flush();
        } else if (closing) {
            sendClose(List.of(Packets.NOOP, Packets.CLOSE));
        } else if (noopDue) {
            answerPoll(Packets.NOOP);
        } else {
            session.onDrain();
        }
    }

    private void onPollAborted(HttpExchange exchange) {
        if (exchange.equals(poll)) {
            poll = null;
            session.end(TRANSPORT_ERROR, "poll connection closed prematurely");
        }
    }

    private void onPost(HttpExchange exchange) {
        if (post != null) {
            refuse(exchange, "data request overlap from client");
            return;
        }
        if (isBinary(exchange) && !format.takesBinary()) {
            refuse(exchange, "invalid content");
            return;
        }
        post = exchange;
        postTaken = false;
        exchange.onAbort(() -> session.eventLoop().run(() -> onPostAborted(exchange)));
        exchange.eventLoop().run(() -> exchange.readBody(options.maxHttpBufferSize(), new Body(exchange)));
    }

    private void onPostAborted(HttpExchange exchange) {
        if (exchange.equals(post)) {
            post = null;
            session.end(TRANSPORT_ERROR, "data request connection closed prematurely");
        }
    }

    private void onBody(HttpExchange exchange, ByteBuffer body) {
        if (!exchange.equals(post)) {
            return; // answered when the session ended or moved
        }
        postTaken = true;
        try {
            unread = format.decode(body, isBinary(exchange));
        } catch (EngineException mistake) {
            session.end(mistake.reason(), mistake.getMessage());
        }
        goOn();
    }

    private void onBodyTooLarge(HttpExchange exchange) {
        if (exchange.equals(post)) {
            post = null;
            answers.status(exchange, 413);
        }
    }

    /** Goes on with the packets of the POST, as far as they are wanted; when all are taken it is answered. */
    private void goOn() {
        for (int left = TURN; !paused && hasUnread(); left--) {
            if (left == 0) {
                awaitTurn();
                return;
            }
            deliverNext();
        }
        if (!paused) {
            answerPost();
        }
    }

    private void awaitTurn() {
        if (!turnAwaited) {
            turnAwaited = true;
            session.eventLoop().nextTurn(this::onTurn);
        }
    }

    private void onTurn() {
        turnAwaited = false;
        goOn();
    }

    private boolean hasUnread() {
        if (unread != null && !(session.isTaking(this) && unread.hasNext())) {
            unread = null;
        }
        return unread != null;
    }

    @SuppressWarnings("NullAway") // asked for after hasUnread
    private void deliverNext() {
        try {
            deliver(unread.next());
        } catch (EngineException mistake) {
            session.end(mistake.reason(), mistake.getMessage());
        }
    }

    private void deliver(EnginePacket packet) {
        if (packet.type() == EnginePacket.Type.CLOSE) {
            answerPoll(Packets.NOOP);
            session.end(TRANSPORT_CLOSE, "");
        } else {
            session.onPacket(packet);
        }
    }

    private void refuse(HttpExchange exchange, String description) {
        session.end(TRANSPORT_ERROR, description);
        answers.status(exchange, 400);
    }

    @Override
    public void send(EncodedPacket packet) {
        long bytes = waitingBytes + format.length(packet);
        if (poll == null && bytes > options.maxBufferedBytes()) {
            session.onOverflow();
            return;
        }
        if (waiting.isEmpty()) {
            waiting = new ArrayList<>(4);
        }
        waiting.add(packet);
        waitingBytes = bytes;
        flushLater();
    }

    private void flushLater() {
        if (poll == null) {
            return;
        }
        if (waitingBytes >= LARGE_ANSWER_BYTES) {
            flush();
        } else if (!flushing) {
            flushing = true;
            session.eventLoop().execute(this::onEndOfBatch);
        }
    }

    private void onEndOfBatch() {
        flushing = false;
        flush();
    }

    /** Hands what waits to the GET that waits, if both are there. */
    private void flush() {
        if (poll != null && !waiting.isEmpty()) {
            boolean slow = isAboveHighWaterMark();
            List<EncodedPacket> packets = takeWaiting();
            session.onFlush(packets);
            answerPoll(packets);
            session.onFlushed();
            takeWrites().forEach(told -> told.complete(null));
            if (slow) {
                session.onBelowHighWaterMark();
            }
        }
    }

    @Override
    public void whenSent(CompletableFuture<Void> told) {
        if (waiting.isEmpty()) {
            told.complete(null);
        } else {
            writes = writes.isEmpty() ? new ArrayList<>(2) : writes;
            writes.add(told);
        }
    }

    private List<CompletableFuture<Void>> takeWrites() {
        List<CompletableFuture<Void>> taken = writes;
        writes = List.of();
        return taken;
    }

    /** Leaves it to the next transport to tell who waits for what it took over. */
    void handOverWrites(Transport next) {
        takeWrites().forEach(next::whenSent);
    }

    /**
     * Ends a GET that waits for nothing in particular, so that the client can go on with its upgrade; one that is on its
     * way is ended when it comes.
     */
    void sendNoop() {
        noopDue = poll == null;
        if (waiting.isEmpty()) {
            answerPoll(Packets.NOOP);
        }
    }

    /** There is no upgrade any more that a GET could hold up. */
    void forgetNoop() {
        noopDue = false;
    }

    /** Gives up: what waited is another transport's to send. */
    List<EncodedPacket> handOver() {
        answerPoll(Packets.NOOP);
        while (hasUnread()) { // a client that behaves moves when its POST was answered
            deliverNext();
        }
        abandonPost();
        return takeWaiting();
    }

    @Override
    public boolean isWritable() {
        return poll != null && waitingBytes == 0;
    }

    @Override
    public boolean isAboveHighWaterMark() {
        return waitingBytes >= options.highWaterMark();
    }

    @Override
    public long bufferedBytes() {
        return waitingBytes;
    }

    @Override
    public void close() {
        closing = true;
        // A client handles a close before the messages of the same payload: what waits goes first, in a payload of its
        // own.
        if (!waiting.isEmpty()) {
            flush();
        } else if (poll != null) {
            sendClose(List.of(Packets.CLOSE));
        }
    }

    private void sendClose(List<EncodedPacket> packets) {
        answerPoll(packets);
        session.onClosed();
    }

    @Override
    public void discard() {
        answerPoll(Packets.CLOSE);
        unread = null;
        abandonPost();
        takeWaiting();
        takeWrites().forEach(EngineSession::failWrite);
    }

    @Override
    public void pauseReading() {
        paused = true;
    }

    @Override
    public void resumeReading() {
        paused = false;
        if (postTaken && !turnAwaited) {
            goOn();
        }
    }

    private void answerPoll(EncodedPacket packet) {
        answerPoll(List.of(packet));
    }

    private void answerPoll(List<EncodedPacket> packets) {
        HttpExchange exchange = poll;
        if (exchange != null) {
            poll = null;
            noopDue = false;
            answers.payload(exchange, session, packets, format.encode(packets));
        }
    }

    private void answerPost() {
        HttpExchange exchange = post;
        if (exchange != null) {
            post = null;
            answers.ok(exchange, session);
        }
    }

    /** Answers a POST that will not be handled any more: whether its packets were taken is what its client learns. */
    private void abandonPost() {
        HttpExchange exchange = post;
        if (exchange != null && !postTaken) {
            post = null;
            answers.status(exchange, 400);
        } else {
            answerPost();
        }
    }

    private List<EncodedPacket> takeWaiting() {
        List<EncodedPacket> taken = waiting;
        waiting = List.of();
        waitingBytes = 0;
        return taken;
    }

    private static boolean isBinary(HttpExchange exchange) {
        return exchange.request()
                .header("Content-Type")
                .map(type -> type.trim().equalsIgnoreCase("application/octet-stream"))
                .orElse(false);
    }

    /** Brings the body of a POST from its loop to the session's. */
    private final class Body implements HttpExchange.BodyReader {

        private final HttpExchange exchange;

        Body(HttpExchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void onBody(ByteBuffer body) {
            session.eventLoop().run(() -> PollingTransport.this.onBody(exchange, body));
        }

        @Override
        public void onTooLarge() {
            session.eventLoop().run(() -> onBodyTooLarge(exchange));
        }
    }
}
