package io.parley.bench.peer;

import static java.util.Objects.requireNonNull;

import io.parley.socketio.server.Namespace;
import io.parley.socketio.server.Socket;
import io.parley.socketio.server.SocketIoOptions;
import io.parley.socketio.server.SocketIoServer;
import io.parley.websocket.server.HttpServer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parley's Socket.IO server. */
final class ParleySocketIoPeer implements Peer {

    private final boolean onLoop;
    private @Nullable Namespace main; // null before it is started

    /** With handlers on the event loop, or where they are by default. */
    ParleySocketIoPeer(boolean onLoop) {
        this.onLoop = onLoop;
    }

    @Override
    public int start(PeerSetup setup) {
        SocketIoOptions.Builder options =
                SocketIoOptions.builder().engine(engine -> engine.maxHttpBufferSize(MAX_MESSAGE_BYTES));
        if (onLoop) {
            options.handlerExecutor(Runnable::run);
        }
        HttpServer.Builder http = HttpServer.builder();
        if (setup.loops() > 0) {
            http.eventLoops(setup.loops());
        }
        HttpServer server = http.build();
        SocketIoServer io = SocketIoServer.attach(server, options.build());
        main = io.sockets();
        serve(main);
        for (int i = 0; i < setup.namespaces(); i++) {
            serve(io.of("/n" + i));
        }
        return server.start().port();
    }

    @Override
    public long answer(String question) {
        String[] words = question.split(" ", -1);
        if (!question.startsWith(PeerProgram.ROOMS)) {
            return Peer.super.answer(question);
        }
        return join(requireNonNull(main, "main"), Integer.parseInt(words[1]), Integer.parseInt(words[2]));
    }

    /** Puts sockets in turn into so many rooms. */
    private static long join(Namespace namespace, int rooms, int members) {
        List<Socket> sockets = List.copyOf(namespace.sockets().values());
        int joined = 0;
        for (int room = 0; room < rooms; room++) {
            for (int i = 0; i < members; i++) {
                sockets.get(joined++ % sockets.size()).join("room " + room);
            }
        }
        return joined;
    }

    private static void serve(Namespace namespace) {
        namespace.onConnection(socket -> {
            echo(socket);
            socket.on(BROADCAST_EVENT, (args, ack) -> namespace.emit(BROADCAST_EVENT, args.string(0)));
            socket.on(BROADCAST_BINARY_EVENT, (args, ack) -> namespace.emit(BROADCAST_BINARY_EVENT, args.bytes(0)));
            rooms(socket, namespace);
        });
    }

    private static void echo(Socket socket) {
        socket.on(ECHO_EVENT, (args, ack) -> {
            if (ack.isRequested()) {
                ack.send(args.string(0));
            } else {
                socket.emit(ECHO_EVENT, args.string(0));
            }
        });
        socket.on(ECHO_BINARY_EVENT, (args, ack) -> {
            if (ack.isRequested()) {
                ack.send(args.bytes(0));
            } else {
                socket.emit(ECHO_BINARY_EVENT, args.bytes(0));
            }
        });
    }

    private static void rooms(Socket socket, Namespace namespace) {
        socket.on(JOIN, (args, ack) -> {
            socket.join(args.as(0, String[].class));
            ack.send();
        });
        socket.on(LEAVE, (args, ack) -> socket.leave(args.string(0)));
        socket.on(VISIT, (args, ack) -> {
            String room = args.string(0);
            socket.join(room);
            namespace.to(room).emit(BROADCAST_EVENT, room);
            socket.leave(room);
        });
        socket.on(ENTER, (args, ack) -> {
            socket.join(LOBBY);
            ack.send();
        });
        socket.on(LOBBY, (args, ack) -> namespace.to(LOBBY).emit(BROADCAST_EVENT, args.string(0)));
        socket.on(TO, (args, ack) -> namespace.to(args.string(0)).emit(BROADCAST_EVENT, args.string(1)));
    }
}
