package io.parley.socketio.packet;

/**
 * The scanned array of an event or acknowledgement: a text and where its elements are.
 *
 * <p><b>Threading.</b> Immutable.
 */
final class Payload {

    private final String text;
    private final int[] bounds; // start and end of each element in turn
    private final int count;
    private final Placeholders placeholders;

    /**
     * What a scanner found.
     *
     * @param text the whole packet
     * @param placeholders where attachments belong
     */
    Payload(String text, JsonScanner scanner, Placeholders placeholders) {
        this.text = text;
        this.bounds = scanner.bounds();
        this.count = scanner.count();
        this.placeholders = placeholders;
    }

    String text() {
        return text;
    }

    /** How many elements there are. */
    int count() {
        return count;
    }

    int start(int element) {
        return bounds[2 * element];
    }

    int end(int element) {
        return bounds[2 * element + 1];
    }

    /** The first character of an element: it says what the element is. */
    char first(int element) {
        return text.charAt(start(element));
    }

    String string(int element) {
        return JsonStrings.decode(text, start(element), end(element));
    }

    Number number(int element) {
        return JsonNumbers.decode(text, start(element), end(element));
    }

    String json(int element) {
        return text.substring(start(element), end(element));
    }

    Placeholders placeholders() {
        return placeholders;
    }
}
