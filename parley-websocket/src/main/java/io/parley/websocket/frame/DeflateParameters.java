package io.parley.websocket.frame;

/**
 * What both ends agreed on for permessage-deflate (RFC 7692 section 7.1).
 *
 * @param serverNoContextTakeover whether the server forgets each message before the next one
 * @param clientNoContextTakeover whether the client forgets each message before the next one
 * @param serverMaxWindowBits the window of what the server sends, 8 to 15
 * @param clientMaxWindowBits the window of what the client sends, 8 to 15
 */
public record DeflateParameters(
        boolean serverNoContextTakeover,
        boolean clientNoContextTakeover,
        int serverMaxWindowBits,
        int clientMaxWindowBits) {}
