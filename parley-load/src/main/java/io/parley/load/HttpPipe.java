package io.parley.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection that stays open, with one request at a time.
 *
 * <p><b>Threading.</b> Confined to the loop.
 */
final class HttpPipe extends Pipe {

    /** Whose connection it is. */
    interface Owner {

        /** The answer to the request; the buffer is borrowed. */
        void onAnswer(HttpAnswer answer);

        /** It failed, and nothing more is told. */
        void onFailure(LoadException failure);

        /** The server ended it between two requests, or before it answered the one that is given back. */
        void onEnd(@Nullable ByteBuf unanswered);
    }

    private static final int MAX_ANSWER_BYTES = 2 * Limits.MAX_PAYLOAD_BYTES;

    private final Owner owner;
    private boolean ready;
    private boolean used; // one request was answered
    private @Nullable ByteBuf request; // null unless it is under way
    private @Nullable ByteBuf begun; // the first part of an answer, null unless the rest is missing

    HttpPipe(Run run, Owner owner) {
        super(run);
        this.owner = owner;
    }

    /** Sends a request, as soon as it is connected. Taken. */
    void send(ByteBuf next) {
        if (request != null) {
            throw new IllegalStateException("A request is under way (expected: one at a time)");
        }
        request = next;
        if (ready) {
            sendRequest(next);
        }
    }

    boolean isBusy() {
        return request != null;
    }

    @Override
    void onReady() {
        ready = true;
        if (request != null) {
            sendRequest(request);
        }
    }

    private void sendRequest(ByteBuf next) {
        write(next.retainedDuplicate());
        flushNetwork();
    }

    @Override
    void onRead(ByteBuf in) {
        if (request == null) {
            throw new LoadException("The server sent " + Shown.text(in, in.readerIndex(), in.readableBytes())
                    + " between two requests (expected: nothing)");
        }
        if (begun != null) {
            begun.writeBytes(in);
            read(begun);
            return;
        }
        read(in);
    }

    private void read(ByteBuf in) {
        HttpAnswer answer = HttpAnswer.read(in);
        if (answer == null) {
            keep(in);
            return;
        }
        ByteBuf kept = begun;
        begun = null;
        releaseRequest();
        used = true;
        try {
            owner.onAnswer(answer);
        } finally {
            answer.release();
            if (kept != null) {
                kept.release();
            }
        }
    }

    private void keep(ByteBuf in) {
        if (begun == null) {
            ByteBuf part = context().alloc().buffer(in.readableBytes());
            begun = part.writeBytes(in, in.readerIndex(), in.readableBytes());
        }
        if (begun.readableBytes() > MAX_ANSWER_BYTES) {
            throw new LoadException("The server sent an answer of " + begun.readableBytes()
                    + " bytes and more (expected: at most " + MAX_ANSWER_BYTES + ")");
        }
    }

    private void releaseRequest() {
        if (request != null) {
            request.release();
            request = null;
        }
    }

    /** Servers end connections that were silent for some seconds; a request may be on its way then. */
    @Override
    void onEnd() {
        if (request != null && (!used || begun != null)) {
            fail(new LoadException("The server ended the connection in place of an answer to "
                    + Shown.text(request.toString(ISO_8859_1)) + " (expected: HTTP/1.1 200)"));
            return;
        }
        ByteBuf unanswered = request == null ? null : Unpooled.copiedBuffer(request);
        close();
        owner.onEnd(unanswered);
    }

    @Override
    void onFailure(LoadException failure) {
        owner.onFailure(failure);
    }

    @Override
    void release() {
        releaseRequest();
        if (begun != null) {
            begun.release();
            begun = null;
        }
    }
}
