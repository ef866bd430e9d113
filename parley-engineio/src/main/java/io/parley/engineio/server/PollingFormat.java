package io.parley.engineio.server;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.engineio.packet.EnginePacket;
import io.parley.engineio.packet.PayloadDecoder;
import io.parley.engineio.packet.PayloadEncoder;
import io.parley.websocket.server.HttpRequest;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;

/**
 * How packets stand in the bodies of a session over polling.
 *
 * <p><b>Threading.</b> Immutable.
 */
interface PollingFormat {

    /** Protocol 4: everything is text, with {@code 0x1E} between two packets. */
    PollingFormat V4 = new PollingFormat() {

        @Override
        public int length(EncodedPacket packet) {
            return packet.pollingForm().remaining();
        }

        @Override
        public Body encode(List<EncodedPacket> packets) {
            return new Body(PayloadEncoder.encode(packets), true);
        }

        @Override
        public boolean takesBinary() {
            return false;
        }

        @Override
        public Iterator<EnginePacket> decode(ByteBuffer body, boolean binary) {
            return new PayloadDecoder(body);
        }
    };

    /** The form that a session of this protocol takes, by the request that begins it. */
    static PollingFormat of(int protocol, HttpRequest handshake) {
        return protocol == EngineQuery.PROTOCOL ? V4 : V3PollingFormat.of(handshake);
    }

    /** How many bytes the packet takes in an answer, not counting what stands between packets. */
    int length(EncodedPacket packet);

    /** The answer to a poll that takes these packets. */
    Body encode(List<EncodedPacket> packets);

    /** Whether a POST may be {@code application/octet-stream}. */
    boolean takesBinary();

    /**
     * Takes the body of a POST apart, one packet at a time.
     *
     * @param binary whether it is {@code application/octet-stream}
     * @throws io.parley.engineio.EngineException from here or from the iterator, if it cannot be understood
     */
    Iterator<EnginePacket> decode(ByteBuffer body, boolean binary);

    /**
     * The body of an answer.
     *
     * @param isText whether it is text in UTF-8; binary otherwise
     */
    record Body(ByteBuffer bytes, boolean isText) {}
}
