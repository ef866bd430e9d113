package io.parley.cli.connect;

/** Keeps what a server sends from steering the user's terminal. */
final class Controls {

    private static final char FIRST_PICTURE = '\u2400'; // of the code chart "Control Pictures", in the order of ASCII
    private static final char DELETE = 0x7f;
    private static final char LAST_C1 = 0x9f;

    private Controls() {}

    /** The text with control characters other than line feeds and tabs made visible. */
    static String visible(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            shown.append(visible(text.charAt(i)));
        }
        return shown.toString();
    }

    private static char visible(char c) {
        if (c == '\n' || c == '\t') {
            return c;
        }
        if (c < ' ') {
            return (char) (FIRST_PICTURE + c);
        }
        return c >= DELETE && c <= LAST_C1 ? '\ufffd' : c;
    }
}
