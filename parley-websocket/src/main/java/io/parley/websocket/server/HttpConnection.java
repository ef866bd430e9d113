package io.parley.websocket.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.parley.websocket.EventLoop;
import io.parley.websocket.connection.AutoRead;
import io.parley.websocket.connection.ChannelEnd;
import io.parley.websocket.connection.ConnectionFailure;
import io.parley.websocket.connection.LifecycleEvent;
import io.parley.websocket.connection.NettyEventLoop;
import io.parley.websocket.http.HttpException;
import io.parley.websocket.http.InputBuffer;
import io.parley.websocket.server.ConnectionTimer.Phase;
import io.parley.websocket.server.HttpExchange.BodyReader;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP connection: reads requests, hands them out, and writes the answers in the order of the requests. After an
 * upgrade it leaves the pipeline.
 *
 * <p><b>Threading.</b> Confined to the connection's event loop.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(HttpServer.class);

    /** What waits to be read while nothing may be: beyond it the peer has to wait as well. */
    private static final int READ_AHEAD_BYTES = 16 * 1024;

    private final Channel channel;
    private final HttpOptions options;
    private final Router router;
    private final ServerCounters counters;
    private final NettyEventLoop loop;
    private final ConnectionTimer timer;
    private final InputBuffer input = new InputBuffer();
    private final AnswerOutput output;
    private final RequestQueue pending;
    private @Nullable SocketAddress address; // the peer's; null until the first request
    private Reading state = Reading.HEAD;
    private @Nullable RequestHeadDecoder head; // non-null while a head arrives
    private @Nullable RequestBody body; // non-null in the state BODY
    private @Nullable HttpResponse refusal; // non-null when what came last could not be read
    private boolean closing; // the server closes
    private boolean advancing; // guards against doing it inside of itself
    private boolean reading; // what is written is flushed at the end of it

    HttpConnection(Channel channel, HttpOptions options, Router router, ServerCounters counters) {
        this.channel = channel;
        this.options = options;
        this.router = router;
        this.counters = counters;
        loop = NettyEventLoop.of(channel.eventLoop());
        timer = new ConnectionTimer(channel.eventLoop(), options, this::onTimeout);
        output = new AnswerOutput(channel);
        pending = new RequestQueue(options.maxPipelinedRequests());
        timer.enter(Phase.IDLE);
    }

    EventLoop eventLoop() {
        return loop;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (state.isOver()) {
            bytes.release();
            return;
        }
        reading = true;
        input.add(channel.alloc(), bytes);
        advance();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        reading = false;
        flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (channel.isWritable()) {
            advance();
            flush();
        }
    }

    /** Goes on with what has arrived, as far as may be. */
    private void advance() {
        if (advancing) {
            return;
        }
        advancing = true;
        try {
            while (step()) {
                // one request, or the rest of a body, a step
            }
        } catch (HttpException broken) {
            refuse(broken);
        } finally {
            advancing = false;
        }
        if (state != Reading.END) {
            input.trim();
            limitReadAhead();
        }
    }

    private boolean step() {
        return switch (state) {
            case HEAD -> mayBegin() && input.size() > 0 && readHead();
            case BODY -> readBody();
            case UPGRADE, LAST, END -> false;
        };
    }

    /** Whether the next request may be handed out while answers are awaited. */
    private boolean mayBegin() {
        return !closing && pending.takesMore() && channel.isWritable();
    }

    private boolean readHead() {
        RequestHeadDecoder begun = head;
        RequestHeadDecoder decoder =
                begun == null ? new RequestHeadDecoder(options.maxUriBytes(), options.maxHeaderBytes()) : begun;
        RequestHead complete = decoder.decode(input.bytes());
        if (complete != null) {
            head = null;
            begin(complete);
            return true;
        }
        head = decoder;
        if (begun == null) {
            timer.enter(Phase.HEAD);
        }
        return false;
    }

    private void begin(RequestHead request) {
        timer.enter(Phase.ANSWER);
        Peer peer = Peer.of(channel, address);
        address = peer.address();
        ServerExchange exchange = new ServerExchange(this, request, peer);
        pending.add(exchange);
        if (request.hasBody()) {
            state = Reading.BODY;
            body = new RequestBody(exchange, options);
        } else {
            state = Reading.after(request);
        }
        router.dispatch(exchange);
    }

    private boolean readBody() {
        RequestBody current = body;
        if (current == null || input.size() == 0 || !current.isWanted()) {
            return false;
        }
        if (current.decode(input.bytes())) {
            endBody(current);
            return true;
        }
        if (current.isBeyondSkipping()) {
            giveUpSkipping(current);
        }
        return false;
    }

    private void endBody(RequestBody complete) {
        body = null;
        state = Reading.after(complete.exchange().head());
        timer.enter(pending.isEmpty() ? Phase.IDLE : Phase.ANSWER);
        complete.deliver();
    }

    private void giveUpSkipping(RequestBody tooLong) {
        if (pending.contains(tooLong.exchange())) {
            timer.enter(Phase.ANSWER); // which ends the connection
        } else {
            end(true);
        }
    }

    /** The next bytes wait with the peer when there are enough here that cannot be read yet. */
    private void limitReadAhead() {
        boolean bodyWaits = body != null && !body.isWanted();
        boolean stuck = bodyWaits || state == Reading.UPGRADE || (state == Reading.HEAD && !mayBegin());
        AutoRead.set(channel, !stuck || input.size() < READ_AHEAD_BYTES);
    }

    /** The body of {@code exchange} is asked for. */
    void readBody(ServerExchange exchange, int maxBytes, BodyReader reader) {
        RequestBody current = body;
        if (current != null && current.exchange().equals(exchange)) {
            current.collect(maxBytes, reader);
            timer.enter(current.isWanted() ? Phase.BODY : Phase.ANSWER);
            writeContinue();
            advance();
            flush();
        } else if (!exchange.head().hasBody()) {
            exchange.runSafely(() -> reader.onBody(ByteBuffer.allocate(0)));
        }
    }

    /** An exchange has its answer. */
    void onAnswer() {
        writeAnswers();
        advance();
        flush();
    }

    private void writeAnswers() {
        for (ServerExchange next = pending.next(); next != null; next = pending.next()) {
            Answer answer = next.answer();
            if (answer instanceof Answer.Upgrade upgrade) {
                answer = output.isThrough(this::onAnswer) ? upgrade(next, upgrade) : null;
            }
            if (answer == null) {
                writeContinue();
                return;
            }
            write(next, answer);
        }
        if (refusal != null && state == Reading.LAST) {
            output.writeLast(refusal);
            end(true);
        }
    }

    private void write(ServerExchange exchange, Answer answer) {
        pending.remove(exchange);
        boolean last = pending.isEmpty() && endsWith(exchange);
        output.write(exchange.head(), answer, last);
        if (last) {
            end(body != null);
        } else {
            goOn();
        }
    }

    private boolean endsWith(ServerExchange exchange) {
        boolean unread = body != null && body.endsConnection();
        boolean ends =
                closing || unread || state == Reading.LAST || !exchange.head().keepAlive();
        return ends && refusal == null; // which is the last word
    }

    /** After an answer that was not the last. */
    private void goOn() {
        if (!pending.isEmpty()) {
            return;
        }
        if (state == Reading.UPGRADE) {
            state = Reading.HEAD; // it got none
        }
        if (body != null) {
            body.skip();
            timer.enter(Phase.BODY);
        } else if (head == null) {
            timer.enter(Phase.IDLE);
        }
    }

    /** Tells the client to send its body, when that was asked for and it is its turn. */
    private void writeContinue() {
        RequestBody current = body;
        if (current != null && current.exchange().equals(pending.next()) && current.takeContinue()) {
            output.writeContinue();
        }
    }

    private void flush() {
        if (!reading) {
            output.flush();
        }
    }

    /** Null when the connection is a WebSocket now, otherwise why it is none. */
    private @Nullable Answer upgrade(ServerExchange exchange, Answer.Upgrade wanted) {
        if (closing) {
            return new Answer.Content(HttpResponse.text(503, "The server closes\n"));
        }
        AutoRead.set(channel, true);
        HttpResponse refused = exchange.becomeWebSocket(channel.pipeline().context(this), wanted);
        if (refused != null) {
            return new Answer.Content(refused);
        }
        counters.webSocketsOpened.increment();
        pending.remove(exchange);
        return null;
    }

    /** Leaves the connection to the WebSocket, with what has come for it already. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        timer.stop();
        boolean upgraded = state == Reading.UPGRADE && channel.isActive();
        state = Reading.END;
        ByteBuf early = input.take();
        if (early == null) {
            return;
        }
        if (upgraded) {
            ctx.fireChannelRead(early);
            ctx.fireChannelReadComplete();
        } else {
            early.release();
        }
    }

    /** What came cannot be read: say why, after the answers to what came before. */
    private void refuse(HttpException broken) {
        log.debug("{}: refused with {}", channel.remoteAddress(), broken.getMessage());
        RequestBody unfinished = body;
        state = Reading.LAST;
        head = null;
        body = null;
        timer.enter(Phase.ANSWER);
        if (unfinished == null || unfinished.exchange().answer() == null) {
            refusal = HttpResponse.text(broken.status(), broken.problem() + "\n");
            if (unfinished != null) { // its handler will not get the rest
                pending.remove(unfinished.exchange());
                unfinished.exchange().abort();
            }
            writeAnswers();
        } else if (pending.isEmpty()) {
            end(true);
        }
    }

    /**
     * Closes the connection when everything is written.
     *
     * @param unread whether the peer may still send: it is read over for a while, because closing at once would reset
     *     the connection, and the peer lose the answer (RFC 9112 section 9.6)
     */
    private void end(boolean unread) {
        state = Reading.END;
        body = null;
        input.release();
        AutoRead.set(channel, true);
        timer.enter(Phase.IDLE);
        ChannelEnd.whenWritten(channel, unread ? this::drain : () -> ChannelEnd.close(channel));
    }

    private void drain() {
        if (channel.isActive()) {
            timer.enter(Phase.DRAIN);
            ChannelEnd.endOutput(channel);
        }
    }

    private void onTimeout(Phase waitedFor) {
        switch (waitedFor) {
            case IDLE -> {
                if (output.isBeingTaken()) {
                    timer.enter(Phase.IDLE);
                } else {
                    ChannelEnd.close(channel);
                }
            }
            case HEAD -> refuse(HttpException.tooSlow("head", options.requestTimeout()));
            case BODY -> refuse(HttpException.tooSlow("body", options.requestTimeout()));
            case DRAIN, ANSWER -> ChannelEnd.close(channel);
        }
        flush();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == LifecycleEvent.CLOSING) {
            closing = true;
            if (pending.isEmpty() && state != Reading.END) {
                end(body != null);
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        state = Reading.END;
        timer.stop();
        input.release();
        body = null;
        pending.abort();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ConnectionFailure.close(channel, cause, log);
    }
}
