/** Certificates and private keys as both ends of TLS read them from files. Not exported. */
@NullMarked
package io.parley.websocket.tls;

import org.jspecify.annotations.NullMarked;
