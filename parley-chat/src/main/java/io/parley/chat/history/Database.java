package io.parley.chat.history;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The database file, brought to the newest schema. Write-ahead log with a sync at every commit: what is committed
 * survives the end of the process and of the power.
 *
 * <p><b>Threading.</b> Safe for any thread.
 */
final class Database implements AutoCloseable {

    // One connection is the writer's for good; pages of history are read in well under a millisecond.
    private static final int CONNECTIONS = 5;
    private static final int BUSY_TIMEOUT_MILLIS = 10_000;

    /** The version of the newest migration. Each migration ends by writing its version into the file. */
    static final int SCHEMA_VERSION = 1;

    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    static Database open(Path file) {
        try {
            HikariDataSource pool = new HikariDataSource(poolOf(file));
            return opened(pool, file);
        } catch (HistoryException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new HistoryException(
                    file + " cannot be opened (expected: a history of Parley): " + rootMessage(e), e);
        }
    }

    private static Database opened(HikariDataSource pool, Path file) {
        Database database = new Database(pool);
        try {
            database.migrate(file);
            return database;
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    // Most starts find the newest schema, and then need not wait for Flyway to get ready.
    private void migrate(Path file) {
        int version = jdbi.withHandle(handle ->
                handle.select("PRAGMA user_version").mapTo(Integer.class).one());
        if (version > SCHEMA_VERSION) {
            throw new HistoryException(file + " has schema version " + version + " (expected: " + SCHEMA_VERSION
                    + " or lower); it was written by a newer Parley: run that one");
        }
        if (version < SCHEMA_VERSION) {
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:io/parley/chat/history")
                    .load()
                    .migrate();
        }
    }

    private static HikariConfig poolOf(Path file) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("parley-chat-history");
        config.setDataSource(sqlite(file));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setMaxLifetime(0); // a connection to a file does not grow old
        return config;
    }

    private static SQLiteDataSource sqlite(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static String rootMessage(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    Jdbi jdbi() {
        return jdbi;
    }

    @Override
    public void close() {
        pool.close();
    }
}
