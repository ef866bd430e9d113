package io.parley.socketio.server;

import io.parley.socketio.Ack;
import io.parley.socketio.ArgumentException;

/**
 * What is done when the arguments of a client's event do not fit: a handler asked for another type than came, or a
 * check said no. The handler has not run, or has gone no further. Before this the socket's {@link Socket#onError} is
 * told, and {@link SocketIoServer#invalidArguments} counts.
 */
@FunctionalInterface
public interface InvalidArguments {

    /** The name of the event by which {@link #TELL} reaches a client that asked for no acknowledgement. */
    String EVENT = "invalid_arguments";

    /**
     * Tells the client, which is the default: in the acknowledgement if it asked for one, else by an event of the name
     * {@link #EVENT}. Either has one argument, an object: {@code {"error":{"code":"invalid_arguments","message":"…",
     * "event":"order","argument":0,"path":"/items/2/price"}}}.
     */
    InvalidArguments TELL = ArgumentErrors::tell;

    /** Tells the client nothing: an acknowledgement that it waits for does not come. */
    InvalidArguments DROP = (socket, error, ack) -> {};

    /**
     * Does it; on a handler thread, in the order of the socket's events.
     *
     * @param error which argument it is, and where in it; its message is fit for the client
     * @param ack answers the event
     * @throws Exception logged and given to {@link SocketIoServer#onError}
     */
    void onInvalid(Socket socket, ArgumentException error, Ack ack) throws Exception;
}
