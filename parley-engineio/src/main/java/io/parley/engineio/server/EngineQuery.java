package io.parley.engineio.server;

import io.parley.engineio.TransportType;
import io.parley.websocket.server.HttpRequest;
import io.parley.websocket.server.QueryString;
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
        String query = request.query();
        return new EngineQuery(
                value(query, "transport"),
                value(query, "sid"),
                value(query, "EIO").equals("4") ? PROTOCOL : OLD_PROTOCOL);
    }

    private static String value(String query, String name) {
        return QueryString.last(query, name).orElse(""); // as in Node
    }

    boolean isHandshake() {
        return sid.isEmpty();
    }

    boolean asksFor(TransportType type) {
        return type.wireName().equals(transport);
    }

    boolean asksForOneOf(Set<TransportType> types) {
        for (TransportType type : types) {
            if (asksFor(type)) {
                return true;
            }
        }
        return false;
    }
}
