package io.parley.bench.peer;

/**
 * One of the servers that are compared, in Java. All of them do the same, with everything but the longest message at its
 * default.
 *
 * <p>Raw WebSocket: on {@value #ECHO} each message goes back to its sender, on {@value #BROADCAST} to everybody there.
 *
 * <p>Socket.IO: the event {@value #ECHO_EVENT} is acknowledged with its argument, or emitted back where no answer was
 * asked for; {@value #BROADCAST_EVENT} goes to everybody of the namespace, its sender too. Both have a twin for binary
 * arguments, for there are servers that want to know the type of an argument beforehand. {@value #JOIN} takes a list of
 * rooms and is acknowledged; {@value #LEAVE} takes a room; {@value #TO} a room and what is emitted there as
 * {@value #BROADCAST_EVENT}. {@value #VISIT} takes a text: its sender joins the room of that name, gets the text there as
 * {@value #BROADCAST_EVENT}, and leaves. {@value #ENTER} is acknowledged when its sender is in the lobby, and the text of
 * {@value #LOBBY} goes to all there as {@value #BROADCAST_EVENT}.
 *
 * <p><b>Threading.</b> Confined to the thread that makes it.
 */
interface Peer {

    /** Where raw messages go back to their sender. */
    String ECHO = "/echo";

    /** Where raw messages go to everybody. */
    String BROADCAST = "/broadcast";

    /** The event that is answered with its text. */
    String ECHO_EVENT = "echo";

    /** The event that is answered with its bytes. */
    String ECHO_BINARY_EVENT = "echo-binary";

    /** The event whose text goes to everybody. */
    String BROADCAST_EVENT = "broadcast";

    /** The event whose bytes go to everybody. */
    String BROADCAST_BINARY_EVENT = "broadcast-binary";

    /** The event with the rooms that its sender wants to be in. */
    String JOIN = "join";

    /** The event with a room that its sender wants to leave. */
    String LEAVE = "leave";

    /** The event with a room and a text for all in it. */
    String TO = "to";

    /** The event whose sender joins a room, is told so there, and leaves. */
    String VISIT = "visit";

    /** The event whose sender wants to be in the lobby. */
    String ENTER = "enter";

    /** The event whose text goes to all in the lobby, and the name of that room. */
    String LOBBY = "lobby";

    /** The longest message. */
    int MAX_MESSAGE_BYTES = 2 * 1024 * 1024;

    /** The address of every server here. */
    String HOST = "127.0.0.1";

    /**
     * Starts it; it runs until the process ends.
     *
     * @param setup whose protocol it speaks
     * @return the port it listens on
     * @throws Exception whatever the server throws
     */
    int start(PeerSetup setup) throws Exception;

    /**
     * Does what the bench asks for beside what all servers do.
     *
     * @param question words, with a space after each
     * @return the answer
     */
    default long answer(String question) {
        throw new IllegalArgumentException("Question '" + question + "' (expected: one that the server knows)");
    }
}
