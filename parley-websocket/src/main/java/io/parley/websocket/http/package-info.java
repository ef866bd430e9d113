/** The syntax of HTTP/1.1 that both ends read and write (RFC 9110, RFC 9112). Not exported. */
@NullMarked
package io.parley.websocket.http;

import org.jspecify.annotations.NullMarked;
