@NullMarked
package io.parley.websocket.tls;

import org.jspecify.annotations.NullMarked;
