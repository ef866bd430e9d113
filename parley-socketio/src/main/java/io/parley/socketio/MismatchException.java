package io.parley.socketio;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A value does not fit its type, or a check refused it; says where in the value and what is wrong there:
 * {@code /items/2/price is a string: "1.50" (expected: a number)}. A {@link JsonCodec} throws it, and so may an
 * application's check of an event.
 */
public final class MismatchException extends SocketIoException {

    private static final long serialVersionUID = 1L;
    private static final int MAX_PROBLEM_CHARS = 300;

    private final String path;
    private final String problem; // with what stands between it and the path

    private MismatchException(String path, String problem, @Nullable Throwable cause) {
        super(path.isEmpty() ? problem.substring(startOf(problem)) : path + problem, cause);
        this.path = path;
        this.problem = problem;
    }

    private static int startOf(String problem) {
        return problem.startsWith(": ") ? 2 : 1;
    }

    /**
     * A value is something else than it has to be.
     *
     * @param path a JSON pointer to it, such as {@code /items/2/price}; empty for the whole value
     * @param problem what it is and what was expected: {@code is a string (expected: a number)}
     */
    public static MismatchException of(String path, String problem) {
        return of(path, problem, null);
    }

    static MismatchException of(String path, String problem, @Nullable Throwable cause) {
        requireNonNull(path, "path");
        return new MismatchException(path, " " + Excerpt.of(problem, MAX_PROBLEM_CHARS), cause);
    }

    /** A constructor or a check said no, in words of its own. */
    static MismatchException refused(String path, @Nullable Throwable refusal) {
        String said = refusal == null ? null : refusal.getMessage();
        String problem = said == null || said.isEmpty() ? "not allowed" : Excerpt.of(said, MAX_PROBLEM_CHARS);
        return new MismatchException(path, ": " + problem, refusal);
    }

    /** A JSON pointer (RFC 6901) to what is wrong; empty for the whole value. Long names in it are shortened. */
    public String path() {
        return path;
    }

    /** What follows the words for the whole value, when it is part of a longer sentence. */
    String continuation() {
        return path.isEmpty() ? problem : ": " + path + problem;
    }

    /** Leaves the trace out: it is the peer's mistake. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
