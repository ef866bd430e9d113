package io.parley.engineio.server;

import io.parley.engineio.packet.EncodedPacket;
import io.parley.engineio.packet.EnginePacket;
import io.parley.engineio.packet.V3PacketDecoder;
import io.parley.websocket.PreparedMessage;
import io.parley.websocket.server.HttpRequest;
import java.nio.ByteBuffer;

/** Protocol 3: binary begins with its type, or is base64 for a client that cannot take it ({@code b64} in its query). */
enum V3WebSocketFormat implements WebSocketFormat {
    BINARY,
    BASE64;

    static V3WebSocketFormat of(HttpRequest request) {
        return V3PollingFormat.wantsBase64(request) ? BASE64 : BINARY;
    }

    @Override
    public PreparedMessage encode(EncodedPacket packet) {
        return this == BASE64 ? packet.base64Message() : packet.typedMessage();
    }

    @Override
    public EnginePacket decode(String text) {
        return V3PacketDecoder.decode(text);
    }

    @Override
    public void deliver(ByteBuffer binary, EngineSession to) {
        to.onPacket(V3PacketDecoder.decode(binary));
    }
}
