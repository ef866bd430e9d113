package io.parley.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** Events of Socket.IO with the payloads that were sent, as text or as an attachment. Confined to the loop. */
final class ExpectedEvent extends Expected {

    private static final ByteBuf EVENT = ascii("42");
    private static final ByteBuf BINARY_EVENT = ascii("45");

    private final Run run;
    private final Payloads payloads;
    private final boolean binary;
    private final ByteBuf start; // of each event, up to its payload
    private final ByteBuf end; // of each event, after its payload
    private final String shape;

    ExpectedEvent(Messages messages, Payloads payloads, Target target, Run run) {
        this.run = run;
        this.payloads = payloads;
        binary = messages.kind() == Messages.Kind.BINARY_EVENT;
        String text = Encoded.Packet.head(binary ? "451-" : "42", target.namespace()) + "[\"" + messages.reply() + "\","
                + (binary ? "{" : "\"");
        start = ascii(text);
        end = ascii(binary ? "}]" : "\"]");
        shape = text + "..." + end.toString(US_ASCII);
    }

    static ByteBuf ascii(String text) {
        return Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(text, US_ASCII));
    }

    @Override
    void onMessage(Client client, boolean text, boolean compressed, ByteBuf in, int index, int length) {
        if (!text) {
            onAttachment(client, in, index, length);
        } else if (client.attachmentsToCome() > 0) {
            throw wrong("the packet " + Shown.text(in, index, length), "an attachment");
        } else if (!isExpected(in, index, length)) {
            other(client, in, index, length);
        } else if (binary) {
            client.attachmentsToCome(1, true);
        } else {
            run.onArrival(client, numberOf(payloads, in, index + start.readableBytes()));
        }
    }

    private boolean isExpected(ByteBuf in, int index, int length) {
        int around = start.readableBytes() + end.readableBytes();
        boolean fits = binary ? length > around : length == around + payloads.bytes();
        return fits && startsWith(start, in, index) && startsWith(end, in, index + length - end.readableBytes());
    }

    static boolean startsWith(ByteBuf expected, ByteBuf in, int index) {
        return ByteBufUtil.equals(expected, 0, in, index, expected.readableBytes());
    }

    /** An event, but not ours: counted if the target says so. */
    private void other(Client client, ByteBuf in, int index, int length) {
        boolean otherBinary = length > 2 && startsWith(BINARY_EVENT, in, index);
        boolean otherEvent = otherBinary || (length > 2 && startsWith(EVENT, in, index));
        if (!otherEvent || !run.target().ignoresOthers() || startsLikeOurs(in, index, length)) {
            throw wrong(
                    "the packet " + Shown.text(in, index, length),
                    shape + (binary ? "" : " with a payload of " + payloads.bytes() + " bytes"));
        }
        run.other();
        if (otherBinary) {
            client.attachmentsToCome(attachments(in, index + 2, index + length), false);
        }
    }

    private boolean startsLikeOurs(ByteBuf in, int index, int length) {
        return length >= start.readableBytes() && startsWith(start, in, index);
    }

    private static int attachments(ByteBuf in, int from, int to) {
        int count = 0;
        for (int i = from; i < to && in.getByte(i) != '-'; i++) {
            count = count * 10 + in.getByte(i) - '0';
        }
        return count;
    }

    private void onAttachment(Client client, ByteBuf in, int index, int length) {
        if (client.attachmentsToCome() == 0) {
            throw wrong("an attachment of " + length + " bytes", "a packet");
        }
        boolean ours = client.takeAttachment();
        if (ours && length != payloads.bytes()) {
            throw wrong("an attachment of " + length + " bytes", payloads.bytes() + " bytes");
        }
        if (ours) {
            run.onArrival(client, numberOf(payloads, in, index));
        }
    }

    private static LoadException wrong(String what, String expected) {
        return new LoadException("The server sent " + what + " (expected: " + expected + ")");
    }
}
