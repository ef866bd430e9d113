package io.parley.socketio.packet;

import static java.util.Objects.requireNonNull;

import io.parley.socketio.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * One Socket.IO packet (protocols 5 and 4). Whether an event or acknowledgement holds binary values shows in its encoded
 * form only.
 *
 * <p><b>Threading.</b> Immutable.
 */
public sealed interface Packet {

    /** What this packet is, for a {@code switch}. */
    Type type();

    /** The namespace it belongs to; begins with {@code /}. */
    String namespace();

    /** The kinds of packets. */
    enum Type {
        /** A client joins a namespace, or the server's yes to it. */
        CONNECT,
        /** A side leaves a namespace. */
        DISCONNECT,
        /** An event with its arguments. */
        EVENT,
        /** The acknowledgement of an event. */
        ACK,
        /** The server's no to a CONNECT. */
        CONNECT_ERROR
    }

    /**
     * Joins a namespace.
     *
     * @param payload a JSON object: the client's {@code auth}, or the server's {@code sid}; null when absent
     */
    record Connect(String namespace, @Nullable String payload) implements Packet {

        /** Checks that there is a namespace. */
        public Connect {
            requireNonNull(namespace, "namespace");
        }

        @Override
        public Type type() {
            return Type.CONNECT;
        }
    }

    /** Leaves a namespace. */
    record Disconnect(String namespace) implements Packet {

        /** Checks that there is a namespace. */
        public Disconnect {
            requireNonNull(namespace, "namespace");
        }

        @Override
        public Type type() {
            return Type.DISCONNECT;
        }
    }

    /**
     * An event.
     *
     * @param name its name; a number on the wire is its decimal text here
     * @param arguments without the name
     * @param ackId what its acknowledgement shall carry, 0 or more; null when none is asked for
     */
    record Event(
            String namespace,
            String name,
            Arguments arguments,
            @Nullable Long ackId) implements Packet {

        /** Checks that nothing is missing. */
        public Event {
            requireNonNull(namespace, "namespace");
            requireNonNull(name, "name");
            requireNonNull(arguments, "arguments");
        }

        @Override
        public Type type() {
            return Type.EVENT;
        }
    }

    /**
     * The acknowledgement of an event.
     *
     * @param ackId the id the event carried, 0 or more
     */
    record Ack(String namespace, long ackId, Arguments arguments) implements Packet {

        /** Checks that nothing is missing. */
        public Ack {
            requireNonNull(namespace, "namespace");
            requireNonNull(arguments, "arguments");
        }

        @Override
        public Type type() {
            return Type.ACK;
        }
    }

    /**
     * Refuses a CONNECT.
     *
     * @param payload a JSON object with {@code message} and, where there are any, {@code data}; for a client of
     *     protocol 4 any JSON
     */
    record ConnectError(String namespace, String payload) implements Packet {

        /** Checks that nothing is missing. */
        public ConnectError {
            requireNonNull(namespace, "namespace");
            requireNonNull(payload, "payload");
        }

        @Override
        public Type type() {
            return Type.CONNECT_ERROR;
        }
    }
}
