package io.parley.socketio.packet;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a JSON text: checks it against RFC 8259 and notes where the elements of the outermost array are.
 * Nothing is copied, no value is made.
 *
 * <p><b>Threading.</b> Confined to one call.
 */
final class JsonScanner {

    private static final int MAX_CODE_DIGITS = 4;

    private final String text;
    private final int maxDepth;
    private final @Nullable Placeholders placeholders; // null when there are no attachments to stand for
    private int[] bounds = new int[8];
    private int count;
    private int at;
    private int depth;

    /**
     * A scanner of what stands in {@code text} from {@code start} on.
     *
     * @param placeholders takes the placeholders; null when objects that look like one are just objects
     */
    JsonScanner(String text, int start, int maxDepth, @Nullable Placeholders placeholders) {
        this.text = text;
        this.at = start;
        this.maxDepth = maxDepth;
        this.placeholders = placeholders;
    }

    /**
     * Scans one array that takes all the text.
     *
     * @throws PacketException if it is no array, or if it is not valid
     */
    void scanOnlyArray() {
        skipWhitespace();
        if (at == text.length() || text.charAt(at) != '[') {
            throw unexpected("an array");
        }
        enter();
        for (boolean more = !closes(']'); more; more = continues(']')) {
            int start = skipWhitespace();
            scanValue();
            note(start, at);
        }
        depth--;
        requireEnd();
    }

    /**
     * Scans one value of any kind that takes all the text.
     *
     * @return where it begins
     * @throws PacketException if it is not valid
     */
    int scanOnlyValue() {
        int start = skipWhitespace();
        scanValue();
        requireEnd();
        return start;
    }

    /** How many elements the array has. */
    int count() {
        return count;
    }

    /** Where each element starts and where it ends, in turn. May be longer than needed. */
    int[] bounds() {
        return bounds;
    }

    private void note(int start, int end) {
        if (2 * count == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        bounds[2 * count] = start;
        bounds[2 * count + 1] = end;
        count++;
    }

    private void scanValue() {
        if (at == text.length()) {
            throw unexpected("a JSON value");
        }
        switch (text.charAt(at)) {
            case '"' -> scanString();
            case '{' -> scanObject();
            case '[' -> scanArray();
            case 't' -> scanWord("true");
            case 'f' -> scanWord("false");
            case 'n' -> scanWord("null");
            default -> scanNumber();
        }
    }

    private void scanArray() {
        enter();
        for (boolean more = !closes(']'); more; more = continues(']')) {
            skipWhitespace();
            scanValue();
        }
        depth--;
    }

    private void scanObject() {
        int start = at;
        Placeholders.Candidate candidate = placeholders == null ? null : placeholders.candidate(start);
        enter();
        for (boolean more = !closes('}'); more; more = continues('}')) {
            scanMember(candidate);
        }
        depth--;
        if (candidate != null) {
            candidate.end(at);
        }
    }

    private void scanMember(Placeholders.@Nullable Candidate candidate) {
        int key = skipWhitespace();
        if (at == text.length() || text.charAt(at) != '"') {
            throw unexpected("a property name");
        }
        scanString();
        int keyEnd = at;
        skipWhitespace();
        if (at == text.length() || text.charAt(at) != ':') {
            throw unexpected("':'");
        }
        at++;
        int value = skipWhitespace();
        scanValue();
        if (candidate != null) {
            candidate.member(text, key, keyEnd, value, at);
        }
    }

    /** Steps over the opening bracket. */
    private void enter() {
        if (++depth > maxDepth) {
            throw PacketException.in(text, "JSON nested deeper than " + maxDepth + " levels");
        }
        at++;
    }

    /** Whether the bracket closes at once; steps over it then. */
    private boolean closes(char bracket) {
        skipWhitespace();
        if (at < text.length() && text.charAt(at) == bracket) {
            at++;
            return true;
        }
        return false;
    }

    /** Whether another element follows; steps over the comma or over the closing bracket. */
    private boolean continues(char bracket) {
        skipWhitespace();
        char c = at < text.length() ? text.charAt(at) : 0;
        if (c != ',' && c != bracket) {
            throw unexpected("',' or '" + bracket + "'");
        }
        at++;
        return c == ',';
    }

    private void scanString() {
        int i = at + 1;
        for (int end = text.length(); i < end; i++) {
            char c = text.charAt(i);
            if (c == '"') {
                at = i + 1;
                return;
            }
            if (c == '\\') {
                i = endOfEscape(i + 1);
            } else if (c < ' ') {
                at = i;
                throw unexpected("an escaped control character");
            }
        }
        at = i;
        throw unexpected("'\"'");
    }

    /** The last character of the escape whose second character is at {@code i}. */
    private int endOfEscape(int i) {
        at = i;
        if (i == text.length() || "\"\\/bfnrtu".indexOf(text.charAt(i)) < 0) {
            throw unexpected("an escape sequence");
        }
        return text.charAt(i) == 'u' ? endOfCode(i) : i;
    }

    private int endOfCode(int u) {
        for (int i = u + 1; i <= u + MAX_CODE_DIGITS; i++) {
            if (i == text.length() || !isHexDigit(text.charAt(i))) {
                at = i;
                throw unexpected("4 hexadecimal digits");
            }
        }
        return u + MAX_CODE_DIGITS;
    }

    private static boolean isHexDigit(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private void scanWord(String word) {
        if (!text.startsWith(word, at)) {
            throw unexpected("a JSON value");
        }
        at += word.length();
    }

    private void scanNumber() {
        char first = text.charAt(at);
        if (first != '-' && !isDigit(first)) {
            throw unexpected("a JSON value");
        }
        if (first == '-') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '0') {
            at++;
        } else {
            scanDigits();
        }
        scanFraction();
        scanExponent();
    }

    private void scanFraction() {
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            scanDigits();
        }
    }

    private void scanExponent() {
        if (at == text.length() || (text.charAt(at) | 0x20) != 'e') {
            return;
        }
        at++;
        if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
            at++;
        }
        scanDigits();
    }

    private void scanDigits() {
        int start = at;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw unexpected("a digit");
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private int skipWhitespace() {
        int i = at;
        while (i < text.length() && isWhitespace(text.charAt(i))) {
            i++;
        }
        at = i;
        return i;
    }

    private static boolean isWhitespace(char c) {
        return c <= ' ' && (c == ' ' || c == '\n' || c == '\r' || c == '\t');
    }

    private void requireEnd() {
        skipWhitespace();
        if (at < text.length()) {
            throw unexpected("the end");
        }
    }

    private PacketException unexpected(String expected) {
        String found = at < text.length() ? PacketException.quoted(text.charAt(at)) : "the end";
        return PacketException.in(text, "JSON: " + found + " at " + at + " (expected: " + expected + ")");
    }
}
