package io.parley.load;

import io.netty.buffer.ByteBuf;

/**
 * Compressed messages of a raw WebSocket. They refer to those before them, so they are counted; the first of each client is
 * inflated and compared. Confined to the loop.
 */
final class ExpectedDeflated extends Expected {

    private final Run run;
    private final Payloads payloads;

    ExpectedDeflated(Payloads payloads, Run run) {
        this.run = run;
        this.payloads = payloads;
    }

    @Override
    void onMessage(Client client, boolean text, boolean compressed, ByteBuf in, int index, int length) {
        if (!compressed) {
            throw new LoadException("The server sent the message " + Shown.text(in, index, length)
                    + " without compression (expected: compressed)");
        }
        if (client.takeFirst()) {
            byte[] deflated = new byte[length];
            in.getBytes(index, deflated);
            byte[] payload = Deflated.inflate(deflated, payloads.bytes());
            if (!payloads.contains(payload)) {
                throw new LoadException("The server sent a compressed message of " + payload.length
                        + " bytes (expected: one that was sent to it, of " + payloads.bytes() + " bytes)");
            }
        }
        run.onArrivalUnnumbered(client);
    }
}
