package io.parley.websocket.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http.HttpVersion;
import io.parley.websocket.EventLoop;
import io.parley.websocket.server.ConnectionTimer.Phase;
import io.parley.websocket.server.HttpExchange.BodyReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
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

    /** What the next byte belongs to. */
    private enum State {
        /** The head of the next request. */
        HEAD,
        /** The body of the last request. */
        BODY,
        /** The WebSocket that the last request asks for, if it gets one. */
        UPGRADE,
        /** Nothing: there is no request after the last one, whose answer is awaited. */
        LAST,
        /** Nothing: the last answer is written. */
        END
    }

    private final Channel channel;
    private final HttpOptions options;
    private final Router router;
    private final NettyEventLoop loop;
    private final ConnectionTimer timer;
    private final InputBuffer input = new InputBuffer();
    private final ArrayDeque<ServerExchange> pending = new ArrayDeque<>(2); // unanswered, in order of arrival
    private State state = State.HEAD;
    private @Nullable RequestHeadDecoder head; // non-null while a head arrives
    private @Nullable RequestBody body; // non-null in the state BODY
    private @Nullable HttpResponse refusal; // non-null when what came last could not be read
    private boolean closing; // the server closes
    private boolean advancing; // guards against doing it inside of itself
    private boolean reading; // a flush comes at the end of what is being read
    private boolean unflushed;
    private long progress; // what the peer had taken when the timer was last looked at

    HttpConnection(Channel channel, HttpOptions options, Router router) {
        this.channel = channel;
        this.options = options;
        this.router = router;
        loop = NettyEventLoop.of(channel.eventLoop());
        timer = new ConnectionTimer(channel.eventLoop(), options, this::onTimeout);
        timer.enter(Phase.IDLE);
    }

    EventLoop eventLoop() {
        return loop;
    }

    // --- what arrives ---

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (state == State.LAST || state == State.END) {
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
        } catch (RequestException broken) {
            refuse(broken);
        } finally {
            advancing = false;
        }
        if (state != State.END) {
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
        ServerExchange before = pending.peekLast();
        return !closing
                && (before == null || before.head().isSafe())
                && pending.size() < options.maxPipelinedRequests()
                && channel.isWritable();
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
        ServerExchange exchange = new ServerExchange(this, request, channel.remoteAddress());
        pending.add(exchange);
        if (request.hasBody()) {
            state = State.BODY;
            body = new RequestBody(exchange, options);
        } else {
            state = after(request);
        }
        router.dispatch(exchange);
    }

    private static State after(RequestHead request) {
        if (request.webSocketUpgrade() && !request.hasBody()) {
            return State.UPGRADE;
        }
        return request.keepAlive() ? State.HEAD : State.LAST;
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
        state = after(complete.exchange().head());
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
        boolean stuck =
                switch (state) {
                    case HEAD -> !mayBegin();
                    case BODY -> body != null && !body.isWanted();
                    case UPGRADE -> true;
                    case LAST, END -> false;
                };
        boolean autoRead = !stuck || input.size() < READ_AHEAD_BYTES;
        if (channel.config().isAutoRead() != autoRead) {
            channel.config().setAutoRead(autoRead);
        }
    }

    // --- what the exchanges want ---

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

    // --- what leaves ---

    private void writeAnswers() {
        for (ServerExchange next = pending.peek(); next != null; next = pending.peek()) {
            Answer answer = next.answer();
            if (answer instanceof Answer.Upgrade upgrade) {
                answer = upgrade(next, upgrade);
            }
            if (answer == null) {
                writeContinue();
                return;
            }
            write(next, answer);
        }
        if (refusal != null && state == State.LAST) {
            AnswerWriter.writeLast(channel, refusal);
            end(true);
        }
    }

    private void write(ServerExchange exchange, Answer answer) {
        pending.remove();
        boolean last = pending.isEmpty() && endsWith(exchange);
        if (answer instanceof Answer.FileContent file) {
            AnswerWriter.writeFile(channel, exchange.head(), file, last);
        } else if (answer instanceof Answer.Content content) {
            AnswerWriter.write(channel, exchange.head(), content.response(), last);
        }
        unflushed = true;
        if (last) {
            end(body != null);
        } else {
            goOn();
        }
    }

    private boolean endsWith(ServerExchange exchange) {
        if (refusal != null) {
            return false; // which is the last word
        }
        boolean unread = body != null && body.exchange().equals(exchange) && body.endsConnection();
        return closing || unread || state == State.LAST || !exchange.head().keepAlive();
    }

    /** After an answer that was not the last. */
    private void goOn() {
        if (state == State.UPGRADE) {
            state = State.HEAD; // it got none
        }
        if (!pending.isEmpty()) {
            return;
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
        if (current != null && current.exchange().equals(pending.peek()) && current.takeContinue()) {
            AnswerWriter.writeContinue(channel);
            unflushed = true;
        }
    }

    private void flush() {
        if (unflushed && !reading) {
            unflushed = false;
            channel.flush();
        }
    }

    /** Null when the connection is a WebSocket now, otherwise why it is none. */
    private @Nullable Answer upgrade(ServerExchange exchange, Answer.Upgrade wanted) {
        if (closing) {
            return new Answer.Content(HttpResponse.text(503, "The server closes\n"));
        }
        HttpVersion version = exchange.head().line().http10() ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
        channel.config().setAutoRead(true);
        ChannelHandlerContext ctx = channel.pipeline().context(this);
        HttpResponse refused =
                WebSocketHandshake.upgrade(ctx, version, exchange.request(), wanted.options(), wanted.listener());
        if (refused != null) {
            return new Answer.Content(refused);
        }
        pending.remove();
        return null;
    }

    /** Leaves the connection to the WebSocket, with what has come for it already. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        timer.stop();
        boolean upgraded = state == State.UPGRADE && channel.isActive();
        state = State.END;
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

    // --- the end ---

    /** What came cannot be read: say why, after the answers to what came before. */
    private void refuse(RequestException broken) {
        log.debug("{}: refused with {}", channel.remoteAddress(), broken.getMessage());
        RequestBody unfinished = body;
        state = State.LAST;
        head = null;
        body = null;
        timer.enter(Phase.ANSWER);
        if (unfinished == null || unfinished.exchange().answer() == null) {
            refusal = broken.response();
            takeBack(unfinished);
            writeAnswers();
        } else if (pending.isEmpty()) {
            end(true);
        }
        unflushed = true;
    }

    /** Takes a request whose body is broken out of its handler's hands. */
    private void takeBack(@Nullable RequestBody broken) {
        if (broken != null) {
            pending.remove(broken.exchange());
            broken.exchange().abort();
        }
    }

    /**
     * Closes the connection when everything is written.
     *
     * @param unread whether the peer may still send: it is read over for a while, because closing at once would reset
     *     the connection, and the peer lose the answer (RFC 9112 section 9.6)
     */
    private void end(boolean unread) {
        state = State.END;
        body = null;
        input.release();
        channel.config().setAutoRead(true);
        timer.enter(unread ? Phase.DRAIN : Phase.IDLE);
        if (unread) {
            ChannelEnd.endOutputWhenWritten(channel);
        } else {
            ChannelEnd.closeWhenWritten(channel);
        }
    }

    private void onTimeout(Phase waitedFor) {
        switch (waitedFor) {
            case IDLE -> closeUnlessSending();
            case HEAD, BODY -> refuse(tooSlow(waitedFor));
            case DRAIN, ANSWER -> ChannelEnd.close(channel);
        }
        flush();
    }

    private RequestException tooSlow(Phase waitedFor) {
        String part = waitedFor == Phase.HEAD ? "head" : "body";
        return new RequestException(
                408,
                "The " + part + " of the request took longer than "
                        + options.requestTimeout().toMillis() + " ms");
    }

    /** Nothing was asked for in time: closes, unless the peer is still taking what it was sent. */
    private void closeUnlessSending() {
        ChannelOutboundBuffer outbound = channel.unsafe().outboundBuffer();
        long now = outbound == null ? 0 : outbound.totalPendingWriteBytes() - outbound.currentProgress();
        if (outbound == null || outbound.isEmpty() || now == progress) {
            ChannelEnd.close(channel);
            return;
        }
        progress = now;
        timer.enter(Phase.IDLE);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ServerEvent.CLOSING) {
            closing = true;
            if (pending.isEmpty() && state != State.END) {
                end(body != null);
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        state = State.END;
        timer.stop();
        input.release();
        body = null;
        for (ServerExchange exchange = pending.poll(); exchange != null; exchange = pending.poll()) {
            exchange.abort();
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            log.debug("{}: connection lost", channel.remoteAddress(), cause);
        } else {
            log.error("{}: connection failed and was closed", channel.remoteAddress(), cause);
        }
        ChannelEnd.close(channel);
    }
}
