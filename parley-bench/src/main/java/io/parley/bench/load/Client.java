package io.parley.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * One of the connections that load a server.
 *
 * <p><b>Threading.</b> Confined to the thread of its {@link Load}.
 */
final class Client {

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Messages messages;
    private final FrameCounter counter = new FrameCounter();
    private int next; // the message to send next
    private long sent; // or owed
    private int owed; // messages to send that are not in unwritten
    private ByteBuffer unwritten = ByteBuffer.allocate(0);

    /** A client that starts with the message at {@code first}. */
    Client(SocketChannel channel, Selector selector, Messages messages, int first) throws IOException {
        this.channel = channel;
        this.messages = messages;
        next = first % messages.count();
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Sends as many messages as the network takes, and the others as soon as it takes them. */
    void send(int count) throws IOException {
        sent += count;
        owed += count;
        if ((key.interestOps() & SelectionKey.OP_WRITE) == 0) {
            write();
        }
    }

    /** Messages that it was to send so far. */
    long sent() {
        return sent;
    }

    /** Goes on with what the network did not take. */
    void write() throws IOException {
        while (unwritten.hasRemaining() || owed > 0) {
            if (!unwritten.hasRemaining()) {
                takeOwed();
            }
            channel.write(unwritten);
            if (unwritten.hasRemaining()) {
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                return;
            }
        }
        key.interestOps(SelectionKey.OP_READ);
    }

    private void takeOwed() {
        int count = Math.min(owed, messages.count() - next);
        unwritten = messages.frames(next, count);
        next = (next + count) % messages.count();
        owed -= count;
    }

    /**
     * Reads what has come.
     *
     * @param buffer used meanwhile
     * @return the messages that are complete now
     */
    int read(ByteBuffer buffer) throws IOException {
        buffer.clear();
        if (channel.read(buffer) < 0) {
            throw new EOFException("The server closed a connection (expected: messages)");
        }
        return counter.count(buffer.flip());
    }

    void close() throws IOException {
        channel.close();
    }
}
