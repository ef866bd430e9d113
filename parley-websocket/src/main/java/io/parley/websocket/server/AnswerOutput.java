package io.parley.websocket.server;

import static io.parley.websocket.server.AnswerHead.Connection.CLOSE;
import static io.parley.websocket.server.AnswerHead.Connection.GOES_ON;
import static io.parley.websocket.server.AnswerHead.Connection.KEEP_ALIVE;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.parley.websocket.connection.ChannelEnd;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers: head and body in one buffer and one write, several answers with one flush.
 *
 * <p><b>Threading.</b> Confined to the connection's event loop.
 */
final class AnswerOutput {

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);
    private static final int HEAD_BYTES = 512; // a usual head; the buffer grows for a longer one

    private final Channel channel;
    private boolean unflushed;
    private @Nullable ChunkedWriteHandler blocks; // non-null once a file was sent over TLS
    private long progress; // what the peer had taken when it was last looked at

    AnswerOutput(Channel channel) {
        this.channel = channel;
    }

    /** Writes the answer to a request; {@code last} when the connection is closed after it. */
    void write(RequestHead request, Answer answer, boolean last) {
        if (answer instanceof Answer.FileContent file) {
            writeFile(file, connection(request, last));
        } else if (answer instanceof Answer.Content content) {
            write(content.response(), !request.isHead(), connection(request, last));
        }
    }

    /** Writes the answer to what could not be read. */
    void writeLast(HttpResponse answer) {
        write(answer, true, CLOSE);
    }

    /** Tells the client to send the body (RFC 9110 section 15.2.1). */
    void writeContinue() {
        write(channel.alloc().buffer(CONTINUE.length).writeBytes(CONTINUE));
    }

    private void write(HttpResponse answer, boolean withContent, AnswerHead.Connection connection) {
        ByteBuffer body = answer.body();
        boolean withBody = withContent && AnswerHead.hasContent(answer.status());
        ByteBuf out = channel.alloc().buffer(HEAD_BYTES + (withBody ? body.remaining() : 0));
        AnswerHead.write(out, answer.status(), answer.headers(), body.remaining(), connection);
        if (withBody) {
            out.writeBytes(body);
        }
        write(out);
    }

    private void writeFile(Answer.FileContent answer, AnswerHead.Connection connection) {
        HttpResponse head = answer.head();
        ByteBuf out = channel.alloc().buffer(HEAD_BYTES);
        AnswerHead.write(out, head.status(), head.headers(), answer.length(), connection);
        write(out);
        DefaultFileRegion file = answer.file();
        if (file == null) {
            return;
        }
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            write(file);
        } else {
            writeBlocks(file, tls);
        }
    }

    /** Whatever is written after the file waits behind it, in the handler that is added for it. */
    private void writeBlocks(DefaultFileRegion file, SslHandler tls) {
        if (blocks == null) {
            blocks = new ChunkedWriteHandler();
            ChannelPipeline pipeline = channel.pipeline();
            pipeline.addAfter(pipeline.context(tls).name(), null, blocks);
        }
        write(new FileBlocks(file));
    }

    /**
     * Whether everything written is with the network or waits in the channel, so that the handlers may go.
     *
     * @param next otherwise called when it is so
     */
    boolean isThrough(Runnable next) {
        ChunkedWriteHandler waiting = blocks;
        if (waiting == null) {
            return true;
        }
        ChannelEnd.whenWritten(channel, () -> {
            if (waiting.equals(blocks) && channel.isActive()) {
                blocks = null;
                channel.pipeline().remove(waiting);
                next.run();
            }
        });
        return false;
    }

    /** When a part cannot be written, the connection is closed: so the client sees that something is missing. */
    private void write(Object message) {
        channel.write(message).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        unflushed = true;
    }

    private static AnswerHead.Connection connection(RequestHead request, boolean last) {
        if (last) {
            return CLOSE;
        }
        return request.line().http10() ? KEEP_ALIVE : GOES_ON;
    }

    void flush() {
        if (unflushed) {
            unflushed = false;
            channel.flush();
        }
    }

    /** Whether the peer is still taking what it was sent: something went out since this was last asked. */
    boolean isBeingTaken() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        if (waiting == null || waiting.isEmpty()) {
            return false;
        }
        long before = progress;
        progress = waiting.currentProgress() - waiting.totalPendingWriteBytes();
        return progress != before;
    }
}
