package io.parley.socketio.server;

import static java.util.Objects.requireNonNull;

import io.parley.socketio.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to the handlers, as an {@link EventMiddleware} sees it.
 *
 * <p><b>Threading.</b> Belongs to the middleware while that runs.
 */
public final class IncomingEvent {

    private String name;
    private Arguments arguments;
    private final boolean ackRequested;

    IncomingEvent(String name, Arguments arguments, boolean ackRequested) {
        this.name = name;
        this.arguments = arguments;
        this.ackRequested = ackRequested;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Its arguments. */
    public Arguments arguments() {
        return arguments;
    }

    /** Whether the client waits for an answer. */
    public boolean isAckRequested() {
        return ackRequested;
    }

    /** Makes another event of it; whoever waits for an answer still does. */
    public void replace(String newName, @Nullable Object... newArguments) {
        name = requireNonNull(newName, "newName");
        arguments = Arguments.of(newArguments);
    }
}
