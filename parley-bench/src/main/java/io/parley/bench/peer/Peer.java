package io.parley.bench.peer;

/**
 * One of the servers that are compared: on {@value #ECHO} each message goes back to its sender, on {@value #BROADCAST}
 * to everybody there. Messages of up to {@link #MAX_MESSAGE_BYTES} are taken; else everything is at its default.
 *
 * <p><b>Threading.</b> Confined to the thread that makes it.
 */
interface Peer {

    /** Where messages go back to their sender. */
    String ECHO = "/echo";

    /** Where messages go to everybody. */
    String BROADCAST = "/broadcast";

    /** The longest message. */
    int MAX_MESSAGE_BYTES = 2 * 1024 * 1024;

    /** The address of every server here. */
    String HOST = "127.0.0.1";

    /**
     * Starts it; it runs until the process ends.
     *
     * @param deflate whether it compresses for clients that offer permessage-deflate
     * @return the port it listens on
     * @throws Exception whatever the server throws
     */
    int start(boolean deflate) throws Exception;
}
