package io.parley.load;

import io.netty.buffer.ByteBuf;

/** Messages of a raw WebSocket that are those that were sent. Confined to the loop. */
final class ExpectedRaw extends Expected {

    private final Run run;
    private final Payloads payloads;
    private final boolean text;

    ExpectedRaw(Messages messages, Payloads payloads, Run run) {
        this.run = run;
        this.payloads = payloads;
        text = messages.kind() == Messages.Kind.TEXT;
    }

    @Override
    void onMessage(Client client, boolean isText, boolean compressed, ByteBuf in, int index, int length) {
        if (length != payloads.bytes() || isText != text || compressed) {
            throw new LoadException(
                    "The server sent a " + name(isText, compressed) + " message of " + length + " bytes, "
                            + Shown.text(in, index, length) + " (expected: a " + name(text, false) + " message of "
                            + payloads.bytes() + " bytes)");
        }
        run.onArrival(client, numberOf(payloads, in, index));
    }

    private static String name(boolean text, boolean compressed) {
        return (compressed ? "compressed " : "") + (text ? "text" : "binary");
    }
}
