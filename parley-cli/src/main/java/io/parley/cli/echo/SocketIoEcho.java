package io.parley.cli.echo;

import io.parley.engineio.server.CorsOptions;
import io.parley.engineio.server.EngineOptions;
import io.parley.socketio.Ack;
import io.parley.socketio.Arguments;
import io.parley.socketio.server.IncomingEvent;
import io.parley.socketio.server.Socket;
import io.parley.socketio.server.SocketIoOptions;
import io.parley.socketio.server.SocketIoServer;
import io.parley.websocket.server.HttpServer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sends back the events of Socket.IO clients, in any namespace: as an acknowledgement where one is asked for, as an event of
 * the same name otherwise. An event named {@value #BROADCAST} goes to all in its namespace.
 *
 * <p><b>Threading.</b> Called on handler threads.
 */
final class SocketIoEcho {

    private static final String BROADCAST = "broadcast";
    private static final Pattern ANY_NAMESPACE = Pattern.compile("^/.");

    /** What every event is called between its middleware and its handler; the first argument is its name. */
    private static final String ANY_EVENT = "any event";

    private SocketIoEcho() {}

    /** Serves at {@code /socket.io/}. */
    static void attach(HttpServer http, int maxMessageBytes, int maxBufferedBytes) {
        SocketIoOptions options = SocketIoOptions.builder()
                .engine(engine -> limits(engine, maxMessageBytes, maxBufferedBytes))
                .build();
        SocketIoServer io = SocketIoServer.attach(http, options);
        io.onConnection(SocketIoEcho::serve);
        io.of(ANY_NAMESPACE).onConnection(SocketIoEcho::serve);
    }

    private static void limits(EngineOptions.Builder engine, int maxMessageBytes, int maxBufferedBytes) {
        engine.maxHttpBufferSize(maxMessageBytes)
                .maxBufferedBytes(maxBufferedBytes)
                .cors(CorsOptions.anyOrigin());
    }

    private static void serve(Socket socket) {
        socket.use(SocketIoEcho::rename);
        socket.on(ANY_EVENT, (args, ack) -> answer(socket, args, ack));
    }

    private static void rename(IncomingEvent event) {
        Arguments arguments = event.arguments();
        @Nullable Object[] withName = new @Nullable Object[arguments.size() + 1];
        withName[0] = event.name();
        for (int i = 0; i < arguments.size(); i++) {
            withName[i + 1] = arguments.get(i);
        }
        event.replace(ANY_EVENT, withName);
    }

    private static void answer(Socket socket, Arguments args, Ack ack) {
        String event = args.string(0);
        @Nullable Object[] arguments = new @Nullable Object[args.size() - 1];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = args.get(i + 1);
        }
        if (ack.isRequested()) {
            ack.send(arguments);
        } else if (event.equals(BROADCAST)) {
            socket.namespace().emit(event, arguments);
        } else {
            socket.emit(event, arguments);
        }
    }
}
