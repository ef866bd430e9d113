package io.parley.socketio;

/** JSON pointers (RFC 6901) for messages: what the peer has named is shortened. */
final class JsonPath {

    private static final int MAX_STEP_CHARS = 40;
    private static final int MAX_CHARS = 200;

    private JsonPath() {}

    /** A property's name as one step of a pointer. */
    static String step(String name) {
        return Excerpt.of(name, MAX_STEP_CHARS).replace("~", "~0").replace("/", "~1");
    }

    /** A pointer that is not too long to be told. */
    static String bounded(String pointer) {
        return Excerpt.of(pointer, MAX_CHARS);
    }
}
