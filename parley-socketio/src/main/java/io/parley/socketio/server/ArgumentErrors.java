package io.parley.socketio.server;

import io.parley.socketio.Ack;
import io.parley.socketio.ArgumentException;
import org.jspecify.annotations.Nullable;

/** What a client is told when its arguments do not fit. */
final class ArgumentErrors {

    private ArgumentErrors() {}

    /** The wire form, in the order of its fields. */
    private record Told(Details error) {}

    private record Details(
            String code,
            @Nullable String message,
            String event,
            @Nullable Integer argument,
            String path) {}

    static void tell(Socket socket, ArgumentException error, Ack ack) {
        Told told = new Told(new Details(
                "invalid_arguments",
                error.getMessage(),
                error.event(),
                error.argument() == ArgumentException.NO_ARGUMENT ? null : error.argument(),
                error.path()));
        if (ack.isRequested()) {
            ack.send(told);
        } else {
            socket.emit(InvalidArguments.EVENT, told);
        }
    }
}
