package io.parley.websocket.server;

import static java.util.Objects.requireNonNull;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpVersion;
import io.parley.websocket.EventLoop;
import io.parley.websocket.WebSocketListener;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request on one of our connections.
 *
 * <p><b>Threading.</b> As {@link HttpExchange} says; what is not of that interface is confined to the event loop, but
 * for {@link #run} and {@link #respond(Answer)}.
 */
final class ServerExchange implements HttpExchange {

    private static final Logger log = LoggerFactory.getLogger(HttpServer.class);

    private final HttpConnection connection;
    private final RequestHead head;
    private final HttpRequest request;
    private final AtomicReference<@Nullable Answer> answer = new AtomicReference<>();
    private volatile boolean aborted;
    private @Nullable Runnable abortListener; // null unless somebody wants to know

    /** Answers requests; unlike an {@link HttpHandler} it may answer with more than a response. */
    @FunctionalInterface
    interface Handler {

        void handle(ServerExchange exchange) throws Exception;
    }

    ServerExchange(HttpConnection connection, RequestHead head, Peer peer) {
        this.connection = connection;
        this.head = head;
        request = new HttpRequest(
                head.line().method(),
                head.line().target(),
                head.headers(),
                peer.address(),
                peer.secure(),
                peer.certificates());
    }

    RequestHead head() {
        return head;
    }

    @Override
    public HttpRequest request() {
        return request;
    }

    @Override
    public EventLoop eventLoop() {
        return connection.eventLoop();
    }

    @Override
    public boolean isWebSocketUpgrade() {
        return head.webSocketUpgrade();
    }

    @Override
    public void readBody(int maxBytes, BodyReader reader) {
        requireNonNull(reader, "reader");
        eventLoop().run(() -> connection.readBody(this, maxBytes, reader));
    }

    @Override
    public void respond(HttpResponse response) {
        AnswerHead.check(response.headers());
        respond(new Answer.Content(response));
    }

    @Override
    public void upgrade(WebSocketUpgrade options, WebSocketListener listener) {
        requireNonNull(options, "options");
        requireNonNull(listener, "listener");
        AnswerHead.check(options.headers());
        respond(new Answer.Upgrade(options, listener));
    }

    /**
     * Answers the request, unless the connection is gone.
     *
     * @param mine taken
     */
    void respond(Answer mine) {
        if (answer.compareAndSet(null, mine)) {
            eventLoop().run(connection::onAnswer);
            return;
        }
        mine.discard();
        if (!aborted) {
            throw new IllegalStateException(this + " was answered before (expected: one answer)");
        }
    }

    @Override
    public void onAbort(Runnable listener) {
        requireNonNull(listener, "listener");
        eventLoop().run(() -> addAbortListener(listener));
    }

    private void addAbortListener(Runnable listener) {
        Runnable before = abortListener;
        if (aborted) {
            runSafely(listener);
        } else if (before == null) {
            abortListener = listener;
        } else {
            abortListener = () -> {
                before.run();
                listener.run();
            };
        }
    }

    /** The answer, or null while it is awaited. */
    @Nullable
    Answer answer() {
        return answer.get();
    }

    /** Makes a WebSocket of the connection and gives null, or the answer that refuses. */
    @Nullable
    HttpResponse becomeWebSocket(ChannelHandlerContext connectionHandler, Answer.Upgrade wanted) {
        HttpVersion version = head.line().http10() ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
        return WebSocketHandshake.upgrade(connectionHandler, version, request, wanted.options(), wanted.listener());
    }

    /** The answer will not be sent. */
    void abort() {
        aborted = true;
        Answer given = answer.getAndSet(new Answer.Content(HttpResponse.of(500)));
        if (given != null) {
            given.discard();
        }
        Runnable listener = abortListener;
        abortListener = null;
        if (listener != null) {
            runSafely(listener);
        }
    }

    /** Lets a handler answer; what it throws is answered with 500. */
    void run(Handler handler) {
        try {
            handler.handle(this);
        } catch (Throwable thrown) { // whatever user code does, the connection goes on
            fail(thrown);
        }
    }

    /** Runs a callback of the user; what it throws is answered with 500. */
    void runSafely(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException | Error thrown) {
            fail(thrown);
        }
    }

    private void fail(Throwable thrown) {
        if (aborted && thrown instanceof RejectedExecutionException) {
            log.debug("{} came to an end with the server", this); // its event loop is gone
            return;
        }
        log.debug("{} failed", this);
        log.error("A request handler failed", thrown); // without the path: that is the peer's text
        HttpResponse failed = HttpResponse.text(500, "The server failed to answer this request\n");
        if (answer.compareAndSet(null, new Answer.Content(failed))) {
            eventLoop().run(connection::onAnswer);
        }
    }

    @Override
    public String toString() {
        return request.method() + " " + request.path();
    }
}
