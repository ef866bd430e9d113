/** The words of Socket.IO that server and client share: arguments, typed events, reasons, the JSON codec. */
@NullMarked
package io.parley.socketio;

import org.jspecify.annotations.NullMarked;
