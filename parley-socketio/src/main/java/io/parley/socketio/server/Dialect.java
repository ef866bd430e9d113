package io.parley.socketio.server;

import io.parley.engineio.server.EngineSocket;
import io.parley.socketio.JsonCodec;
import io.parley.socketio.packet.Packet;
import io.parley.websocket.server.QueryString;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What two versions of the Socket.IO protocol say differently when a client joins a namespace; all else is the same.
 *
 * <p><b>Threading.</b> Immutable.
 */
enum Dialect {
    /** Protocol 5, of clients 3.x and 4.x: a client asks for each namespace, and its {@code auth} is a payload. */
    V5 {
        @Override
        boolean joinsMainUnasked() {
            return false;
        }

        @Override
        Packet.Connect read(Packet.Connect packet, JsonCodec codec) {
            return packet;
        }

        @Override
        String socketId(EngineSocket engine, String namespace) {
            return SocketIds.next();
        }

        @Override
        boolean letsComeBack() {
            return true;
        }

        @Override
        String acceptance(String socketId, @Nullable String pid) {
            return "{\"sid\":\"" + socketId + (pid == null ? "\"}" : "\",\"pid\":\"" + pid + "\"}");
        }

        @Override
        String refusal(JsonCodec codec, String message, @Nullable Object data) {
            return Refusals.payload(codec, message, data);
        }
    },

    /**
     * Protocol 4, of clients 1.x and 2.x: everybody is in the main namespace, what a client says of itself stands behind
     * the name of the namespace like a query, and it knows its socket's id from that of its session.
     */
    V4 {
        @Override
        boolean joinsMainUnasked() {
            return true;
        }

        @Override
        Packet.Connect read(Packet.Connect packet, JsonCodec codec) {
            String name = packet.namespace();
            int mark = name.indexOf('?');
            if (mark < 0) {
                return new Packet.Connect(name, null);
            }
            StringBuilder auth = new StringBuilder();
            codec.encode(QueryString.parse(name.substring(mark + 1)), auth, Refusals.NO_BINARY);
            return new Packet.Connect(name.substring(0, mark), auth.toString());
        }

        @Override
        String socketId(EngineSocket engine, String namespace) {
            return namespace.equals(MAIN) ? engine.id() : namespace + "#" + engine.id();
        }

        @Override
        boolean letsComeBack() {
            return false;
        }

        @Override
        @Nullable
        String acceptance(String socketId, @Nullable String pid) {
            return null;
        }

        @Override
        String refusal(JsonCodec codec, String message, @Nullable Object data) {
            String json = Refusals.json(codec, data);
            return NOTHING.contains(json) ? Refusals.json(codec, message) : json;
        }
    };

    private static final String MAIN = "/";

    /** What counts as no data in JavaScript. */
    private static final Set<String> NOTHING = Set.of("null", "false", "0", "\"\"");

    /** The one that the client of this session speaks. */
    static Dialect of(EngineSocket engine) {
        return engine.protocol() == 3 ? V4 : V5;
    }

    /** Whether a client is in the main namespace without asking for it. */
    abstract boolean joinsMainUnasked();

    /** A client's CONNECT packet with the namespace and the {@code auth} that it means. */
    abstract Packet.Connect read(Packet.Connect packet, JsonCodec codec);

    /** The id of the session's socket in a namespace. */
    abstract String socketId(EngineSocket engine, String namespace);

    /** Whether a client can be told what it needs to come back to its session. */
    abstract boolean letsComeBack();

    /**
     * The payload of the CONNECT packet that tells a client that it has joined; null for none.
     *
     * @param pid what the client may come back with; null when it cannot
     */
    abstract @Nullable String acceptance(String socketId, @Nullable String pid);

    /** The payload of the CONNECT_ERROR packet that tells a client that a middleware refused it. */
    abstract String refusal(JsonCodec codec, String message, @Nullable Object data);
}
