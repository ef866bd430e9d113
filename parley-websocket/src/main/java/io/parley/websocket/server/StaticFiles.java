package io.parley.websocket.server;

import static java.util.Objects.requireNonNull;

import io.parley.websocket.HttpHeaders;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Files to be served as they are, from a folder or from the class path, to {@code GET} and {@code HEAD}.
 *
 * <p>Each answer has a strong {@code ETag} and {@code Cache-Control: no-cache}: a browser keeps the file and asks each
 * time whether it changed. A file that lies next to another one with {@code .br} or {@code .gz} at the end of its name
 * is sent in the other one's place to a client that accepts the encoding. A folder is answered with its
 * {@code index.html}. Nothing outside the folder is served, by no encoding of the path and by no symbolic link, and
 * nothing whose name, or whose folder's name, begins with a dot, except what is in {@code .well-known} (RFC 8615).
 *
 * <p>Files are opened, and small ones read, on handler threads. The content of files above 64 KiB never is on the heap:
 * the system sends it ({@code sendfile}), asked by the event loop. Files on the class path are kept in memory once they
 * were asked for.
 *
 * <p><b>Threading.</b> Immutable: each setting gives a copy.
 */
public final class StaticFiles {

    private final FileSource source;
    private final HttpHeaders headers;
    private final @Nullable String immutablePrefix; // null when no file is immutable

    private StaticFiles(FileSource source, HttpHeaders headers, @Nullable String immutablePrefix) {
        this.source = source;
        this.headers = headers;
        this.immutablePrefix = immutablePrefix;
    }

    /**
     * The files of a folder and of the folders in it, as they are at the time of each request.
     *
     * @throws IllegalArgumentException if there is no such folder
     */
    public static StaticFiles fromFolder(Path folder) {
        requireNonNull(folder, "folder");
        try {
            return new StaticFiles(new FolderSource(folder), HttpHeaders.empty(), null);
        } catch (IOException failed) {
            throw new IllegalArgumentException("folder: " + folder + " (expected: a folder that can be read)", failed);
        }
    }

    /**
     * The files of a folder on the class path, which must not change while the server runs.
     *
     * @param folder for example {@code web/chat}; looked up by the context class loader of the calling thread
     */
    public static StaticFiles fromClassPath(String folder) {
        requireNonNull(folder, "folder");
        return new StaticFiles(new ClassPathSource(folder), HttpHeaders.empty(), null);
    }

    /**
     * These files with one more header field in every answer. It replaces the server's own of that name.
     *
     * @throws IllegalArgumentException if it is not a header field, or one that only the server can know
     */
    public StaticFiles header(String name, String value) {
        requireNonNull(name, "name");
        requireNonNull(value, "value");
        AnswerHead.check(HttpHeaders.of(name, value));
        return new StaticFiles(source, headers.with(name, value), immutablePrefix);
    }

    /**
     * These files with those below {@code prefix} never asked for again by a browser: when their content changes, so
     * do their names.
     *
     * @param prefix relative to the folder, for example {@code assets/}
     */
    public StaticFiles immutable(String prefix) {
        return new StaticFiles(source, headers, requireNonNull(prefix, "prefix"));
    }

    /** The file at a checked path, see {@link FilePath}; null when there is none. */
    @Nullable
    StaticFile find(String path) throws IOException {
        return source.find(path);
    }

    HttpHeaders headers() {
        return headers;
    }

    boolean isImmutable(String path) {
        return immutablePrefix != null && path.startsWith(immutablePrefix);
    }
}
