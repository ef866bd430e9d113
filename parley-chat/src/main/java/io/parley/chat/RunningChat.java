package io.parley.chat;

import io.parley.chat.domain.Rooms;
import io.parley.chat.history.History;
import io.parley.chat.session.Sessions;
import io.parley.engineio.server.CorsOptions;
import io.parley.socketio.server.Namespace;
import io.parley.socketio.server.SocketIoOptions;
import io.parley.socketio.server.SocketIoServer;
import io.parley.websocket.server.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Everything that is open while a chat runs, closed in the contrary order.
 *
 * <p><b>Threading.</b> Confined to the thread that opens and closes it.
 */
final class RunningChat implements AutoCloseable {

    private final Clock clock = Clock.systemUTC();
    private final Deque<Runnable> closing = new ArrayDeque<>();
    private final ChatOptions options;
    private final HttpServer http;

    private RunningChat(ChatOptions options) {
        this.options = options;
        this.http = HttpServer.builder()
                .host(options.host())
                .port(options.port())
                .files(PageFiles.files())
                .build();
    }

    static RunningChat start(ChatOptions options) {
        RunningChat chat = new RunningChat(options);
        try {
            chat.open();
            return chat;
        } catch (RuntimeException | Error e) {
            chat.close();
            throw e;
        }
    }

    private void open() {
        DataFolder folder = DataFolder.hold(options.dataFolder());
        closing.push(folder::close);
        History history = History.open(folder.historyFile(), clock);
        closing.push(history::close);
        history.forgetUnseen(options.sessionLifetime()).join();
        openDoors(SocketIoServer.attach(http, socketIoOptions()), history, sessions(folder));
        closing.push(http::close);
        http.start();
    }

    private Sessions sessions(DataFolder folder) {
        try {
            return Sessions.with(folder.sessionKeyFile(), options.sessionLifetime(), clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private SocketIoOptions socketIoOptions() {
        SocketIoOptions.Builder builder = SocketIoOptions.builder();
        if (!options.allowedOrigins().isEmpty()) {
            String[] origins = options.allowedOrigins().toArray(String[]::new);
            builder.engine(engine -> engine.cors(CorsOptions.origins(origins)));
        }
        return builder.build();
    }

    private void openDoors(SocketIoServer io, History history, Sessions sessions) {
        Namespace people = io.of(ChatDoor.NAMESPACE);
        Namespace guests = io.of("/");
        Rooms rooms = new Rooms(history.rooms());
        Audience audience = new SocketAudience(people, guests);
        Attendance attendance = new Attendance(options.gracePeriod(), options.maxUsers(), rooms, audience, clock);
        closing.push(attendance::close);
        Floods floods = new Floods(options.messagesPerSecond(), options.messagesAtOnce());
        Reception reception = new Reception(sessions, attendance, floods);
        Chat chat = new Chat(history, rooms, attendance, audience, options.maxRooms());
        history.onPosted(chat::posted);
        new ChatDoor(chat, reception, attendance, floods, options.guests()).open(people);
        new GuestDoor(chat, reception, attendance, floods, rooms.lobby()).open(guests, options.guests());
    }

    int port() {
        return http.port();
    }

    @Override
    public void close() {
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
    }
}
