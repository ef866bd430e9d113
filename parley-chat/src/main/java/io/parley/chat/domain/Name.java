package io.parley.chat.domain;

import io.parley.chat.domain.ChatException.Code;
import java.text.Normalizer;
import java.util.Locale;

/**
 * The rules for names of people and rooms: what may be in them, and when two of them are the same to a human eye.
 */
public final class Name {

    /** The most code points in a name. */
    public static final int MAX_LENGTH = 32;

    /** What the names of guests begin with, and no other name. */
    public static final String GUEST_PREFIX = "guest-";

    // Bounds the work on what a peer sends: more than 32 code points take, whatever their composition and spaces.
    static final int MAX_RAW_LENGTH = 20 * MAX_LENGTH;

    // Visible nowhere, though their Unicode category does not say so: fillers, joiners, selectors, the empty Braille.
    private static final String INVISIBLE = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0";

    // Joiners and variation selectors shape emoji and some scripts: allowed, but they tell no names apart.
    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    // Cyrillic and Greek letters that have, small or capital, the looks of the Latin letter below.
    private static final String LOOK_ALIKES = "авекмнорстухіјѕԁһԛԝ" + "αβεζηικμνορτυχ";
    private static final String LATIN = "abekmhopctyxijsdhqw" + "abezhikmnoptyx";

    private Name() {}

    /**
     * A person's name, tidied: no space at either end, single spaces inside.
     *
     * @throws ChatException {@link Code#NAME_INVALID} if it is none
     */
    public static String ofPerson(String raw) {
        String name = tidy(raw, "name", Code.NAME_INVALID);
        if (key(name).startsWith(GUEST_PREFIX)) {
            throw new ChatException(
                    Code.NAME_INVALID,
                    "Names that begin with \"" + GUEST_PREFIX + "\" are for guests: choose another.");
        }
        return name;
    }

    /**
     * A room's name, tidied like a person's.
     *
     * @throws ChatException {@link Code#INVALID} if it is none, {@link Code#TOO_LONG} if it is too long
     */
    public static String ofRoom(String raw) {
        return tidy(raw, "room name", Code.INVALID);
    }

    /**
     * What two names have in common when people would take one for the other: case, width, composition, invisible
     * joiners and the Latin look-alikes of Cyrillic and Greek make no difference.
     */
    public static String key(String name) {
        StringBuilder key = new StringBuilder(name.length());
        fold(withoutJoiners(name)).codePoints().map(Name::latin).forEach(key::appendCodePoint);
        return key.toString();
    }

    private static String fold(String name) {
        String compatible = Normalizer.normalize(name, Normalizer.Form.NFKC);
        String folded = compatible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFKC).strip();
    }

    private static String withoutJoiners(String name) {
        StringBuilder visible = new StringBuilder(name.length());
        name.codePoints().filter(c -> !isJoiner(c)).forEach(visible::appendCodePoint);
        return visible.toString();
    }

    private static int latin(int codePoint) {
        int index = LOOK_ALIKES.indexOf(codePoint);
        return index < 0 ? codePoint : LATIN.charAt(index);
    }

    private static String tidy(String raw, String what, Code code) {
        if (raw.length() > MAX_RAW_LENGTH) {
            throw tooLong(what, code);
        }
        String name = singleSpaced(Normalizer.normalize(raw, Normalizer.Form.NFC));
        if (withoutJoiners(name).isEmpty()) {
            throw new ChatException(code, "The " + what + " is empty: write 1 to " + MAX_LENGTH + " characters.");
        }
        if (name.codePointCount(0, name.length()) > MAX_LENGTH) {
            throw tooLong(what, code);
        }
        if (name.codePoints().anyMatch(Name::isForbidden)) {
            throw new ChatException(code, "The " + what + " has invisible or control characters: leave them out.");
        }
        return name;
    }

    private static ChatException tooLong(String what, Code code) {
        return new ChatException(
                code == Code.INVALID ? Code.TOO_LONG : code,
                "The " + what + " is too long: write at most " + MAX_LENGTH + " characters.");
    }

    private static String singleSpaced(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean space = false;
        for (int c : text.codePoints().toArray()) {
            boolean isSpace = Character.getType(c) == Character.SPACE_SEPARATOR;
            if (!isSpace) {
                out.append(space && out.length() > 0 ? " " : "").appendCodePoint(c);
            }
            space = isSpace;
        }
        return out.toString();
    }

    private static boolean isJoiner(int c) {
        return c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER || (c >= 0xfe00 && c <= 0xfe0f);
    }

    private static boolean isForbidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.FORMAT -> !isJoiner(c);
            case Character.UNASSIGNED -> (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef) || c >= 0xe0000;
            default -> INVISIBLE.indexOf(c) >= 0 || c >= 0xe0000;
        };
    }
}
