package io.parley.testkit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A headless Chromium: the browser of the machine, driven from Java. One object is one browser; each
 * {@link #newPage} is a visitor of its own (own storage and cookies), {@link Page#newTab} another tab of the same one.
 *
 * <p>Selectors are Playwright's: CSS, {@code text=…}, {@code role=button[name="Send"]}. What waits, waits 20 s. Safe for
 * any thread. Certificates are not checked: tests sign their own.
 */
public final class Chromium implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");

    private final NodePeer node;
    private final Path profile;

    private Chromium(NodePeer node, Path profile) {
        this.node = node;
        this.profile = profile;
    }

    /**
     * Starts the browser: {@code CHROMIUM} of the environment, or the first found on the {@code PATH}.
     *
     * @throws IllegalStateException if there is none
     */
    public static Chromium launch() {
        return launch(false);
    }

    /** Starts the browser as {@link #launch} does, able to speak HTTP/3 and WebTransport. */
    public static Chromium launchWithQuic() {
        return launch(true);
    }

    private static Chromium launch(boolean quic) {
        Path executable = find();
        try {
            Path profile = Files.createTempDirectory("parley-chromium");
            NodePeer node = NodePeer.start(Npm.scripts().resolve("chromium.cjs"));
            node.call("launch", executable.toString(), profile.toString(), quic);
            return new Chromium(node, profile);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a folder for the browser's profile", e);
        }
    }

    /** Opens a page as a new visitor, 1280 by 800. */
    public Page newPage() {
        return newPage(1280, 800);
    }

    /** Opens a page as a new visitor, with a window of this size in CSS pixels. */
    public Page newPage(int width, int height) {
        Map<String, Object> options = Map.of("viewport", Map.of("width", width, "height", height));
        return new Page(requireNonNull(node.call("newPage", options), "page"));
    }

    /** Closes the browser and removes its profile. */
    @Override
    public void close() {
        try {
            node.call("quit");
        } finally {
            node.close();
            deleteTree(profile);
        }
    }

    private static Path find() {
        String given = System.getenv("CHROMIUM");
        if (given != null) {
            return Path.of(given);
        }
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(java.io.File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No Chromium on the PATH (expected: one of " + NAMES
                        + "); install it (Debian: apt-get install chromium) or set CHROMIUM to its path"));
    }

    private static void deleteTree(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = new ArrayList<>(files.toList());
            deepestFirst.sort((a, b) -> b.compareTo(a));
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException expected) {
            // A helper process of the browser may still be writing; the system's own cleaning takes the rest.
        }
    }

    /** One page: what a visitor does and sees. */
    public final class Page {

        private final Object id;

        private Page(Object id) {
            this.id = id;
        }

        /** Opens an address and waits for the load event; returns the HTTP status. */
        public int goTo(String url) {
            return (int) requireNonNull(call("goTo", url), "status");
        }

        /** Loads the page again. */
        public void reload() {
            call("reload");
        }

        /** The page's address now. */
        public String url() {
            return string(call("url"));
        }

        /** The page's title now. */
        public String title() {
            return string(call("title"));
        }

        /** Sets the text of a field at once. */
        public void fill(String selector, String text) {
            call("fill", selector, text);
        }

        /** Types into a field key by key. */
        public void type(String selector, String text) {
            call("type", selector, text);
        }

        /** Chooses a file in a field for files. */
        public void setFiles(String selector, Path file) {
            call("setFiles", selector, file.toAbsolutePath().toString());
        }

        /** Clicks what the selector finds, when it can be clicked. */
        public void click(String selector) {
            call("click", selector);
        }

        /** Moves the mouse over what the selector finds. */
        public void hover(String selector) {
            call("hover", selector);
        }

        /** Gives what the selector finds the keyboard. */
        public void focus(String selector) {
            call("focus", selector);
        }

        /** Presses a key ({@code Enter}, {@code Control+A}) in what the selector finds. */
        public void press(String selector, String key) {
            call("press", selector, key);
        }

        /** Presses a key where the keyboard is. */
        public void press(String key) {
            call("press", null, key);
        }

        /** The visible text of the first match, when there is one. */
        public String text(String selector) {
            return string(call("text", selector));
        }

        /** The visible text of each match now. */
        public List<String> texts(String selector) {
            List<?> found = (List<?>) requireNonNull(call("texts", selector), "texts");
            return found.stream().map(String::valueOf).toList();
        }

        /** The text in a field. */
        public String value(String selector) {
            return string(call("value", selector));
        }

        /** An attribute of the first match, or null if it has none of this name. */
        public @Nullable String attribute(String selector, String name) {
            return (String) call("attribute", selector, name);
        }

        /** How many match now. */
        public int count(String selector) {
            return (int) requireNonNull(call("count", selector), "count");
        }

        /** Whether the first match can be seen now. */
        public boolean isVisible(String selector) {
            return (boolean) requireNonNull(call("isVisible", selector), "visible");
        }

        /** Waits until something that matches can be seen. */
        public void waitFor(String selector) {
            call("waitFor", selector, "visible");
        }

        /** Waits until nothing that matches can be seen. */
        public void waitForGone(String selector) {
            call("waitFor", selector, "hidden");
        }

        /** Waits until a match that contains this text can be seen. */
        public void waitForText(String selector, String text) {
            call("waitForText", selector, text);
        }

        /** Waits until a JavaScript expression is true. */
        public void waitForTrue(String expression) {
            call("waitForTrue", expression);
        }

        /** Evaluates a JavaScript expression in the page; a promise is waited for. */
        public @Nullable Object evaluate(String expression) {
            return call("evaluate", expression);
        }

        /** What a screen reader is told about the first match, as Playwright's outline of roles and names. */
        public String accessibility(String selector) {
            return string(call("accessibility", selector));
        }

        /** Resizes the window, in CSS pixels. */
        public void setViewport(int width, int height) {
            call("setViewport", width, height);
        }

        /** Sets what the visitor prefers: {@code colorScheme} to {@code dark}, {@code reducedMotion} to {@code reduce}. */
        public void emulateMedia(String feature, String value) {
            call("emulateMedia", Map.of(feature, value));
        }

        /** Cuts this visitor off the network, or connects again; open WebSockets live on until they time out. */
        public void setOffline(boolean offline) {
            call("setOffline", offline);
        }

        /** Keeps a picture of the window as {@code target/screenshots/<name>.png} of the module under test. */
        public Path screenshot(String name) {
            Path file = Path.of("target", "screenshots", name + ".png").toAbsolutePath();
            call("screenshot", file.toString(), false);
            return file;
        }

        /** Opens another tab of the same visitor. */
        public Page newTab() {
            return new Page(requireNonNull(call("newTab"), "page"));
        }

        /** Errors on this page's console so far, uncaught exceptions and failed requests included. */
        public List<String> consoleErrors() {
            return told("console");
        }

        /** What the page's Content-Security-Policy refused so far. */
        public List<String> cspViolations() {
            return told("violation");
        }

        /** Closes the tab. */
        public void close() {
            call("close");
        }

        private @Nullable Object call(String method, @Nullable Object... args) {
            @Nullable Object[] all = new @Nullable Object[args.length + 1];
            all[0] = id;
            System.arraycopy(args, 0, all, 1, args.length);
            return node.call(method, all);
        }

        private List<String> told(String event) {
            return node.events(event).stream()
                    .map(Json::object)
                    .filter(data -> id.equals(data.get("page")))
                    .map(data -> String.valueOf(data.get("text")))
                    .toList();
        }

        private static String string(@Nullable Object value) {
            return String.valueOf(value);
        }
    }
}
