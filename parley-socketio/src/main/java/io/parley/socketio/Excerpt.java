package io.parley.socketio;

/** The beginning of a text that may be long and is not ours. */
final class Excerpt {

    private Excerpt() {}

    /** The text when it has at most {@code max} characters, else its beginning and an ellipsis. */
    static String of(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
        return text.substring(0, end) + "…";
    }
}
