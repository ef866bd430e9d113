package io.parley.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A session's packets in the bodies of HTTP requests and answers: one request always waits for packets, and one at a time
 * brings some, over two connections.
 *
 * <p><b>Threading.</b> Confined to the loop.
 */
final class PollingTransport implements EngineTransport {

    /** Between two packets of a body. */
    static final byte SEPARATOR = 0x1E;

    private static final String POSTED = "'ok'";

    private final Run run;
    private final Owner owner;
    private final HttpLine polls;
    private final HttpLine posts;
    private final Deque<ByteBuf> unsent = new ArrayDeque<>(1); // bodies, each as long as the server takes
    private String path;
    private byte[] poll = {}; // the request for packets; empty before the session is open
    private int mostBytes = Integer.MAX_VALUE; // of a body
    private @Nullable Runnable paused; // null unless it is to pause
    private boolean closed;

    PollingTransport(Run run, Owner owner) {
        this.run = run;
        this.owner = owner;
        path = run.target().engineTarget() + "&transport=polling";
        polls = new HttpLine(run, this::onPacketsAnswer, owner::onFailure);
        posts = new HttpLine(run, this::onPosted, owner::onFailure);
    }

    @Override
    public void open() {
        poll = get();
        polls.send(Unpooled.wrappedBuffer(poll));
    }

    private byte[] get() {
        return (HttpRequests.head("GET", run.target(), path) + "\r\n").getBytes(ISO_8859_1);
    }

    /** The server has said which session it is, and how long a body may be. */
    void opened(String sid, int maxPayload) {
        path += "&sid=" + sid;
        poll = get();
        mostBytes = maxPayload;
    }

    private void onPacketsAnswer(HttpAnswer answer) {
        ByteBuf body = checked(answer).body();
        int start = body.readerIndex();
        int end = body.writerIndex();
        while (start < end && !closed) {
            int next = body.indexOf(start, end, SEPARATOR);
            int packetEnd = next < 0 ? end : next;
            onPacket(body, start, packetEnd - start);
            start = packetEnd + 1;
        }
        if (!closed) {
            owner.onBatchEnd();
        }
        if (!closed && paused == null) {
            polls.send(Unpooled.wrappedBuffer(poll));
        }
        checkPaused();
    }

    private void onPacket(ByteBuf body, int index, int length) {
        if (length == 0 || body.getByte(index) != 'b') {
            owner.onPacket(true, body, index, length);
            return;
        }
        byte[] digits = new byte[length - 1];
        body.getBytes(index + 1, digits);
        try {
            ByteBuf attachment = Unpooled.wrappedBuffer(Base64.getDecoder().decode(digits));
            owner.onPacket(false, attachment, 0, attachment.readableBytes());
        } catch (IllegalArgumentException wrong) {
            throw new LoadException(
                    "The server sent the attachment " + Shown.text(body, index, length)
                            + " (expected: base64 after the b)",
                    wrong);
        }
    }

    private static HttpAnswer checked(HttpAnswer answer) {
        if (!answer.isOk()) {
            ByteBuf body = answer.body();
            String status = answer.head().lines().findFirst().orElse("");
            throw new LoadException("Polling answered with " + Shown.text(status) + " and "
                    + Shown.text(body, body.readerIndex(), body.readableBytes()) + " (expected: HTTP/1.1 200)");
        }
        return answer;
    }

    @Override
    public void send(String packet) {
        byte[] bytes = packet.getBytes(UTF_8);
        body(bytes.length).writeBytes(bytes);
        flush();
    }

    @Override
    public void append(Encoded messages, int number) {
        messages.append(number, body(messages.bytes()));
    }

    /** The body that takes so many bytes more, with the separator written. */
    private ByteBuf body(int bytes) {
        ByteBuf last = unsent.peekLast();
        if (last == null || last.readableBytes() + 1L + bytes > mostBytes) {
            last = Unpooled.buffer(bytes);
            unsent.add(last);
        } else {
            last.writeByte(SEPARATOR);
        }
        return last;
    }

    @Override
    public void flush() {
        if (unsent.isEmpty() || posts.isBusy()) {
            return;
        }
        ByteBuf body = unsent.remove();
        String head = HttpRequests.head("POST", run.target(), path)
                + "Content-Type: text/plain;charset=UTF-8\r\nContent-Length: " + body.readableBytes() + "\r\n\r\n";
        posts.send(Unpooled.wrappedBuffer(Unpooled.copiedBuffer(head, ISO_8859_1), body));
    }

    private void onPosted(HttpAnswer answer) {
        ByteBuf body = checked(answer).body();
        String text = Shown.text(body, body.readerIndex(), body.readableBytes());
        if (!text.equals(POSTED)) {
            throw new LoadException("The server answered a POST with " + text + " (expected: " + POSTED + ")");
        }
        if (!closed) {
            flush();
        }
        checkPaused();
    }

    /** Polls no more, and tells when no request is under way. */
    void pause(Runnable whenPaused) {
        paused = whenPaused;
        checkPaused();
    }

    private void checkPaused() {
        if (paused != null && !closed && !polls.isBusy() && !posts.isBusy() && unsent.isEmpty()) {
            Runnable next = paused;
            close();
            next.run();
        }
    }

    @Override
    public void close() {
        closed = true;
        polls.close();
        posts.close();
        unsent.forEach(ByteBuf::release);
        unsent.clear();
    }
}
