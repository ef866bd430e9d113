package io.parley.example;

import io.parley.socketio.server.SocketIoServer;
import io.parley.websocket.server.HttpServer;
import io.parley.websocket.server.StaticFiles;

/** The chat of every tutorial: open the page twice. */
final class GettingStarted {

    public static void main(String[] args) {
        System.out.println("Open http://localhost:" + start(3000).port());
    }

    static HttpServer start(int port) {
        var files = StaticFiles.fromClassPath("public");
        var server = HttpServer.builder().port(port).files(files).build();
        var io = SocketIoServer.attach(server);
        io.onConnection(socket -> {
            socket.on("chat message", String.class, text -> io.emit("chat message", text));
            socket.on("typing", String.class, name -> socket.broadcast().emit("typing", name));
            socket.on("who", (question, answer) -> answer.send(io.engine().clientsCount()));
        });
        return server.start();
    }
}
