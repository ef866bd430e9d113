package io.parley.load;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What clients send, and what the server must send for it: a row of different messages of the same length. Each begins with
 * its number, eight hexadecimal digits, by which it is known again.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class Messages {

    /** What a message is on the wire. */
    enum Kind {
        /** A text message of a raw WebSocket. */
        TEXT,
        /** A binary message of a raw WebSocket. */
        BINARY,
        /** An event with a string. */
        EVENT,
        /** An event with an attachment. */
        BINARY_EVENT
    }

    /** What an acknowledgement must hold. */
    public enum Answer {
        /** The arguments of the event. */
        SAME,
        /** Any array. */
        ANY
    }

    private final Kind kind;
    private final int payloadBytes;
    private final String event;
    private final String reply;
    private final @Nullable Answer acknowledgement; // null for messages that come back as events

    private Messages(Kind kind, int payloadBytes, String event, String reply, @Nullable Answer acknowledgement) {
        Limits.check("payload bytes", payloadBytes, Limits.MIN_PAYLOAD_BYTES, Limits.MAX_PAYLOAD_BYTES);
        this.kind = kind;
        this.payloadBytes = payloadBytes;
        this.event = checkName(event);
        this.reply = checkName(reply);
        this.acknowledgement = acknowledgement;
    }

    private static String checkName(String name) {
        if (name.chars().anyMatch(c -> c < ' ' || c > '~' || c == '"' || c == '\\')) {
            throw new IllegalArgumentException(
                    "event: " + Shown.text(name) + " (expected: printable ASCII without quotation mark and backslash)");
        }
        return name;
    }

    /**
     * Text messages of a raw WebSocket that come back as they are.
     *
     * @param payloadBytes {@link Limits#MIN_PAYLOAD_BYTES} to {@link Limits#MAX_PAYLOAD_BYTES}
     * @throws IllegalArgumentException if it is outside of that
     */
    public static Messages text(int payloadBytes) {
        return new Messages(Kind.TEXT, payloadBytes, "", "", null);
    }

    /**
     * Binary messages of a raw WebSocket that come back as they are.
     *
     * @param payloadBytes {@link Limits#MIN_PAYLOAD_BYTES} to {@link Limits#MAX_PAYLOAD_BYTES}
     * @throws IllegalArgumentException if it is outside of that
     */
    public static Messages binary(int payloadBytes) {
        return new Messages(Kind.BINARY, payloadBytes, "", "", null);
    }

    /**
     * Events with one string that come back as events of the same name: {@code socket.emit(name, payload)}.
     *
     * @param payloadBytes {@link Limits#MIN_PAYLOAD_BYTES} to {@link Limits#MAX_PAYLOAD_BYTES}
     * @throws IllegalArgumentException if it is outside of that, or the name has to be escaped in JSON
     */
    public static Messages event(String name, int payloadBytes) {
        return new Messages(Kind.EVENT, payloadBytes, requireNonNull(name, "name"), name, null);
    }

    /**
     * Events with one attachment that come back as events of the same name.
     *
     * @param payloadBytes {@link Limits#MIN_PAYLOAD_BYTES} to {@link Limits#MAX_PAYLOAD_BYTES}
     * @throws IllegalArgumentException if it is outside of that, or the name has to be escaped in JSON
     */
    public static Messages binaryEvent(String name, int payloadBytes) {
        return new Messages(Kind.BINARY_EVENT, payloadBytes, requireNonNull(name, "name"), name, null);
    }

    /**
     * The same events, that come back as events of another name.
     *
     * @throws IllegalArgumentException if the name has to be escaped in JSON
     */
    public Messages repliedAs(String name) {
        return new Messages(kind, payloadBytes, event, requireNonNull(name, "name"), acknowledgement);
    }

    /**
     * The same events, that are acknowledged in place of coming back.
     *
     * @throws IllegalStateException if these are no events
     */
    public Messages acknowledged(Answer answer) {
        if (!isEvent()) {
            throw new IllegalStateException("acknowledged() of " + kind + " (expected: of events)");
        }
        return new Messages(kind, payloadBytes, event, reply, requireNonNull(answer, "answer"));
    }

    Kind kind() {
        return kind;
    }

    boolean isEvent() {
        return kind == Kind.EVENT || kind == Kind.BINARY_EVENT;
    }

    /** The bytes of a payload. */
    public int payloadBytes() {
        return payloadBytes;
    }

    String event() {
        return event;
    }

    String reply() {
        return reply;
    }

    @Nullable
    Answer acknowledgement() {
        return acknowledgement;
    }

    @Override
    public String toString() {
        return kind + " of " + payloadBytes + " bytes";
    }
}
