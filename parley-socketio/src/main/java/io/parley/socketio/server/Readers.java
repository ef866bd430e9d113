package io.parley.socketio.server;

import io.parley.socketio.AckEvent;
import io.parley.socketio.Arguments;
import io.parley.socketio.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Between events that were declared and what goes over the wire: handlers of what comes in, answers of many. */
final class Readers {

    private Readers() {}

    static <T extends @Nullable Object> EventHandler of(Event<T> event, ValueHandler<? super T> handler) {
        return (args, ack) -> handler.handle(event.read(args));
    }

    static <T extends @Nullable Object, R extends @Nullable Object> EventHandler of(
            AckEvent<T, R> event, Responder<? super T, ? extends R> handler) {
        return (args, ack) -> {
            R reply = handler.respond(event.read(args));
            if (ack.isRequested()) {
                event.reply(ack, reply);
            }
        };
    }

    static <R extends @Nullable Object> List<R> replies(AckEvent<?, R> event, List<Arguments> replies) {
        return replies.stream().map(event::readReply).toList();
    }
}
