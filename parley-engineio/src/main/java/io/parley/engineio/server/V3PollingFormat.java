package io.parley.engineio.server;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.engineio.packet.EnginePacket;
import io.parley.engineio.packet.V3BinaryPayloadDecoder;
import io.parley.engineio.packet.V3PayloadDecoder;
import io.parley.engineio.packet.V3PayloadEncoder;
import io.parley.websocket.server.HttpRequest;
import io.parley.websocket.server.QueryString;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;

/**
 * Protocol 3: an answer is binary when there is something binary in it, unless the client cannot take that ({@code b64}
 * in its query). What it sends may be either.
 */
enum V3PollingFormat implements PollingFormat {
    BINARY,
    BASE64;

    static PollingFormat of(HttpRequest handshake) {
        return JsonpFormat.of(handshake).orElse(wantsBase64(handshake) ? BASE64 : BINARY);
    }

    static boolean wantsBase64(HttpRequest request) {
        return !QueryString.first(request.query(), "b64").orElse("").isEmpty();
    }

    @Override
    public int length(EncodedPacket packet) {
        return (this == BASE64 ? packet.base64Message() : packet.typedMessage()).length();
    }

    @Override
    public Body encode(List<EncodedPacket> packets) {
        boolean binary = this == BINARY && packets.stream().anyMatch(EncodedPacket::isBinary);
        return binary
                ? new Body(V3PayloadEncoder.encodeBinary(packets), false)
                : new Body(V3PayloadEncoder.encodeText(packets), true);
    }

    @Override
    public boolean takesBinary() {
        return true;
    }

    @Override
    public Iterator<EnginePacket> decode(ByteBuffer body, boolean binary) {
        return binary ? new V3BinaryPayloadDecoder(body) : V3PayloadDecoder.of(body);
    }
}
