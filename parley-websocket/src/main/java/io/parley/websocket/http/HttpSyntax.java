package io.parley.websocket.http;

import io.parley.websocket.HttpHeaders;

/** The character classes of HTTP (RFC 9110 section 5.6.2 and 5.5). */
public final class HttpSyntax {

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final boolean[] TOKEN = new boolean[128];

    static {
        for (char c = 0; c < TOKEN.length; c++) {
            TOKEN[c] = isAlphanumeric(c) || TOKEN_MARKS.indexOf(c) >= 0;
        }
    }

    private HttpSyntax() {}

    private static boolean isAlphanumeric(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    /** Whether {@code c} may stand in a method or in the name of a header field. */
    public static boolean isTokenChar(int c) {
        return c >= 0 && c < TOKEN.length && TOKEN[c];
    }

    /** Whether {@code text} may be a method or the name of a header field. */
    public static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenChar(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Whether {@code text} may be the value of a header field: one line of Latin-1 without control characters. */
    public static boolean isFieldValue(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code text} is visible ASCII only, as a request target is. */
    public static boolean isVisibleAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** {@code text} with a question mark for each character that is not printable ASCII, to be shown. */
    public static String printable(String text) {
        return text.replaceAll("[^ -~]", "?");
    }

    /** Whether one of the fields of that name has {@code token} in its list, in upper or lower case. */
    public static boolean hasToken(HttpHeaders headers, String name, String token) {
        for (String value : headers.all(name)) {
            for (String candidate : value.split(",", -1)) {
                if (candidate.strip().equalsIgnoreCase(token)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether {@code text} is one decimal digit or more. */
    public static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** The value of a hexadecimal digit, or -1. */
    public static int hexDigit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }
}
