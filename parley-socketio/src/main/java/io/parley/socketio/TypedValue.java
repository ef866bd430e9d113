package io.parley.socketio;

import java.lang.reflect.Type;

/** A value to be sent whose class does not say all of its type, for it is generic. Immutable. */
record TypedValue(Object value, Type type) {}
