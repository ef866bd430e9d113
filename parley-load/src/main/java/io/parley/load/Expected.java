package io.parley.load;

import io.netty.buffer.ByteBuf;

/**
 * What a server must send while a flow is under way. Each message is looked at: its length, what stands around the payload,
 * its number. Of the payloads the first few are compared as a whole, and then each {@value #COMPARED_EVERY}th.
 *
 * <p><b>Threading.</b> Confined to the loop.
 */
abstract class Expected {

    private static final int COMPARED_EVERY = 8;
    private static final int COMPARED_FIRST = 1024;

    private int looked;

    /**
     * Takes what came to a client: a message of a raw WebSocket, or a Socket.IO packet with its Engine.IO type, or an
     * attachment.
     *
     * @param in borrowed: no index moves
     * @throws LoadException if it is not what was expected
     */
    abstract void onMessage(Client client, boolean text, boolean compressed, ByteBuf in, int index, int length);

    /** Whether this payload is to be compared as a whole. */
    final boolean isCompared() {
        return looked++ < COMPARED_FIRST || looked % COMPARED_EVERY == 0;
    }

    /** The payload at {@code index} belongs to a message; the number of it. */
    final int numberOf(Payloads payloads, ByteBuf in, int index) {
        long digits = in.getLong(index);
        int number = Numbers.of(digits);
        if (Numbers.digits(number) != digits || (isCompared() && !payloads.matches(number, in, index))) {
            throw new LoadException("The server sent the payload " + Shown.text(in, index, payloads.bytes())
                    + " (expected: one that was sent to it)");
        }
        return number;
    }

    static Expected of(Messages messages, Payloads payloads, Run run) {
        Target target = run.target();
        if (messages.isEvent()) {
            return messages.acknowledgement() == null
                    ? new ExpectedEvent(messages, payloads, target, run)
                    : new ExpectedAcknowledgement(messages, payloads, target, run);
        }
        return target.deflate() ? new ExpectedDeflated(payloads, run) : new ExpectedRaw(messages, payloads, run);
    }

    /** Nothing; what comes is counted. */
    static final class Nothing extends Expected {

        private final Run run;

        Nothing(Run run) {
            this.run = run;
        }

        @Override
        void onMessage(Client client, boolean text, boolean compressed, ByteBuf in, int index, int length) {
            run.other();
        }
    }
}
