package io.parley.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;

/** Acknowledgements of the events that were sent. Confined to the loop. */
final class ExpectedAcknowledgement extends Expected {

    private final Run run;
    private final Payloads payloads;
    private final boolean binary;
    private final boolean same;
    private final boolean ignoresOthers;
    private final ByteBuf start; // of each acknowledgement, up to its id
    private final ByteBuf arguments; // what stands between the id and the payload
    private final ByteBuf end;

    ExpectedAcknowledgement(Messages messages, Payloads payloads, Target target, Run run) {
        this.run = run;
        this.payloads = payloads;
        same = messages.acknowledgement() == Messages.Answer.SAME;
        binary = same && messages.kind() == Messages.Kind.BINARY_EVENT;
        ignoresOthers = target.ignoresOthers();
        start = ExpectedEvent.ascii(Encoded.Packet.head(binary ? "461-" : "43", target.namespace()));
        arguments = ExpectedEvent.ascii(binary ? "[{" : "[\"");
        end = ExpectedEvent.ascii(binary ? "}]" : "\"]");
    }

    @Override
    void onMessage(Client client, boolean text, boolean compressed, ByteBuf in, int index, int length) {
        if (!text) {
            onAttachment(client, in, index, length);
            return;
        }
        if (client.attachmentsToCome() > 0) {
            throw wrong(in, index, length, "an attachment");
        }
        int idAt = index + start.readableBytes();
        int argumentsAt = idAt + Encoded.ID_DIGITS;
        int argumentsBytes = index + length - argumentsAt;
        if (argumentsBytes < 2 || !ExpectedEvent.startsWith(start, in, index)) {
            other(in, index, length);
            return;
        }
        int number = run.numberOfId(id(in, idAt));
        if (!same) {
            checkArray(in, index, length, argumentsAt);
            run.onArrival(client, number);
        } else if (binary) {
            checkAround(in, index, length, argumentsAt, argumentsBytes > arguments.readableBytes());
            client.attachmentsToCome(1, true);
            client.acknowledged(number);
        } else {
            int around = arguments.readableBytes() + end.readableBytes();
            checkAround(in, index, length, argumentsAt, argumentsBytes == around + payloads.bytes());
            int payloadNumber = numberOf(payloads, in, argumentsAt + arguments.readableBytes());
            if (payloadNumber != number) {
                throw wrong(in, index, length, "the arguments of the event");
            }
            run.onArrival(client, number);
        }
    }

    private void checkArray(ByteBuf in, int index, int length, int argumentsAt) {
        if (in.getByte(argumentsAt) != '[' || in.getByte(index + length - 1) != ']') {
            throw wrong(in, index, length, start.toString(US_ASCII) + "<id>[...]");
        }
    }

    private void checkAround(ByteBuf in, int index, int length, int argumentsAt, boolean fits) {
        if (!fits
                || !ExpectedEvent.startsWith(arguments, in, argumentsAt)
                || !ExpectedEvent.startsWith(end, in, index + length - end.readableBytes())) {
            throw wrong(
                    in,
                    index,
                    length,
                    start.toString(US_ASCII) + "<id>" + arguments.toString(US_ASCII) + "..." + end.toString(US_ASCII)
                            + " with the arguments of the event");
        }
    }

    private static int id(ByteBuf in, int at) {
        int id = 0;
        for (int i = at; i < at + Encoded.ID_DIGITS; i++) {
            int digit = in.getByte(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            id = id * 10 + digit;
        }
        return id;
    }

    private void onAttachment(Client client, ByteBuf in, int index, int length) {
        if (client.attachmentsToCome() == 0 || length != payloads.bytes()) {
            throw new LoadException("The server sent an attachment of " + length + " bytes (expected: "
                    + (client.attachmentsToCome() == 0 ? "a packet" : payloads.bytes() + " bytes") + ")");
        }
        client.takeAttachment();
        int number = numberOf(payloads, in, index);
        if (number != client.acknowledged()) {
            throw new LoadException("The server acknowledged with the attachment of another event (expected: its own)");
        }
        run.onArrival(client, number);
    }

    private void other(ByteBuf in, int index, int length) {
        boolean event = length > 2 && in.getByte(index) == '4' && in.getByte(index + 1) == '2';
        if (!event || !ignoresOthers) {
            throw wrong(in, index, length, start.toString(US_ASCII) + "<id>[...]");
        }
        run.other();
    }

    private static LoadException wrong(ByteBuf in, int index, int length, String expected) {
        return new LoadException(
                "The server sent the packet " + Shown.text(in, index, length) + " (expected: " + expected + ")");
    }
}
