package io.parley.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The folder in which a chat keeps everything, held by one server at a time. */
final class DataFolder implements AutoCloseable {

    private static final int MAX_PID_LENGTH = 20;

    private final Path folder;
    private final FileChannel lock; // the lock is held as long as it is open, by a process that is alive

    private DataFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Makes the folder if there is none, and holds it until {@link #close}.
     *
     * @throws UncheckedIOException if it cannot be written, or another server holds it; the message says so
     */
    static DataFolder hold(Path folder) {
        try {
            create(folder);
            return locked(folder);
        } catch (InUseException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Data folder " + folder + " cannot be written: " + e + " (expected: a folder of your own)", e);
        }
    }

    private static void create(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(folder);
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static DataFolder locked(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            String holder = read(channel);
            channel.close();
            throw new InUseException("Data folder " + folder + " is in use" + holder
                    + " (expected: one server a folder); stop that one or choose another folder");
        }
        channel.truncate(0);
        channel.write(UTF_8.encode(Long.toString(ProcessHandle.current().pid())));
        return new DataFolder(folder, channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(MAX_PID_LENGTH);
        channel.read(pid, 0);
        String text = UTF_8.decode(pid.flip()).toString();
        return text.matches("\\d+") ? " by process " + text : "";
    }

    Path historyFile() {
        return folder.resolve("history.db");
    }

    Path sessionKeyFile() {
        return folder.resolve("session.key");
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Data folder " + folder + " cannot be let go: " + e, e);
        }
    }

    private static final class InUseException extends IOException {

        private static final long serialVersionUID = 1L;

        InUseException(String message) {
            super(message);
        }
    }
}
