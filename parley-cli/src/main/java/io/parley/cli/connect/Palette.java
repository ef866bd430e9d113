package io.parley.cli.connect;

import java.util.Map;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** The colours of the interactive mode; none where the user wants none (https://no-color.org). */
final class Palette {

    private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;

    private final boolean colours;

    Palette(boolean colours) {
        this.colours = colours;
    }

    static Palette of(Map<String, String> environment) {
        boolean unwanted = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb");
        return new Palette(!unwanted);
    }

    /** What came from the server. */
    AttributedString received(String mark, String text) {
        return line(PLAIN.foreground(AttributedStyle.GREEN).bold(), mark, PLAIN, text);
    }

    /** What the command says itself. */
    AttributedString note(String text) {
        return line(PLAIN.faint(), "", PLAIN.faint(), text);
    }

    /** What went wrong. */
    AttributedString mistake(String text) {
        return line(PLAIN.foreground(AttributedStyle.RED), "! ", PLAIN.foreground(AttributedStyle.RED), text);
    }

    AttributedString prompt() {
        return line(PLAIN.foreground(AttributedStyle.CYAN).bold(), "> ", PLAIN, "");
    }

    private AttributedString line(AttributedStyle markStyle, String mark, AttributedStyle textStyle, String text) {
        return new AttributedStringBuilder()
                .style(colours ? markStyle : PLAIN)
                .append(mark)
                .style(colours ? textStyle : PLAIN)
                .append(text)
                .style(PLAIN)
                .toAttributedString();
    }
}
