/**
 * Loads WebSocket and Socket.IO servers, and measures what they do.
 *
 * <p>It shares no code with the rest of Parley: what it takes for right comes from the specifications and from the official
 * client, so that a mistake of our servers is not confirmed by the same mistake here.
 */
@NullMarked
package io.parley.load;

import org.jspecify.annotations.NullMarked;
