package io.parley.engineio.server;

import io.parley.engineio.TransportType;
import io.parley.websocket.server.HttpRequest;
import io.parley.websocket.server.QueryString;
import java.util.Map;
import java.util.Set;

/**
 * What a request's query says of Engine.IO; what is missing is empty.
 *
 * @param transport the wire name of a transport, or anything
 * @param sid the session; empty for a handshake
 * @param protocol 4 for {@code EIO=4}, 3 for everything else, as the official server has it
 */
record EngineQuery(String transport, String sid, int protocol) {

    static final int PROTOCOL = 4;
    static final int OLD_PROTOCOL = 3;

    static EngineQuery of(HttpRequest request) {
        Map<String, String> query = QueryString.parse(request.query()); // the last of a name counts, as in Node
        return new EngineQuery(
                query.getOrDefault("transport", ""),
                query.getOrDefault("sid", ""),
                query.getOrDefault("EIO", "").equals("4") ? PROTOCOL : OLD_PROTOCOL);
    }

    boolean isHandshake() {
        return sid.isEmpty();
    }

    boolean asksFor(TransportType type) {
        return type.wireName().equals(transport);
    }

    boolean asksForOneOf(Set<TransportType> types) {
        return types.stream().anyMatch(this::asksFor);
    }
}
