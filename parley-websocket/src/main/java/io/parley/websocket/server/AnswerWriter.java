package io.parley.websocket.server;

import static io.parley.websocket.server.AnswerHead.Connection.CLOSE;
import static io.parley.websocket.server.AnswerHead.Connection.GOES_ON;
import static io.parley.websocket.server.AnswerHead.Connection.KEEP_ALIVE;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.nio.ByteBuffer;

/**
 * Writes answers: head and body in one buffer and one write. Flushing is the caller's.
 *
 * <p><b>Threading.</b> Without state. Called on the connection's event loop.
 */
final class AnswerWriter {

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);
    private static final int HEAD_BYTES = 512; // a usual head; the buffer grows for a longer one

    private AnswerWriter() {}

    static void writeContinue(Channel channel) {
        write(channel, channel.alloc().buffer(CONTINUE.length).writeBytes(CONTINUE));
    }

    /** Writes the answer to {@code request}; {@code last} when the connection is closed after it. */
    static void write(Channel channel, RequestHead request, HttpResponse answer, boolean last) {
        write(channel, answer, !request.isHead(), connection(request, last));
    }

    /** Writes an answer to what could not be read. */
    static void writeLast(Channel channel, HttpResponse answer) {
        write(channel, answer, true, CLOSE);
    }

    private static void write(
            Channel channel, HttpResponse answer, boolean withContent, AnswerHead.Connection connection) {
        ByteBuffer body = answer.body();
        boolean withBody = withContent && AnswerHead.hasContent(answer.status());
        ByteBuf out = channel.alloc().buffer(HEAD_BYTES + (withBody ? body.remaining() : 0));
        AnswerHead.write(out, answer.status(), answer.headers(), body.remaining(), connection);
        if (withBody) {
            out.writeBytes(body);
        }
        write(channel, out);
    }

    /** Writes an answer from a file. When that fails half-way the connection is closed: the client sees it is cut. */
    static void writeFile(Channel channel, RequestHead request, Answer.FileContent answer, boolean last) {
        HttpResponse head = answer.head();
        ByteBuf out = channel.alloc().buffer(HEAD_BYTES);
        AnswerHead.write(out, head.status(), head.headers(), answer.length(), connection(request, last));
        write(channel, out);
        if (answer.file() != null) {
            write(channel, answer.file());
        }
    }

    /** What could not be written was not the last to be lost: closes. */
    private static void write(Channel channel, Object message) {
        channel.write(message).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    private static AnswerHead.Connection connection(RequestHead request, boolean last) {
        if (last) {
            return CLOSE;
        }
        return request.line().http10() ? KEEP_ALIVE : GOES_ON;
    }
}
