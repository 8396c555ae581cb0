package io.millrace.hot;

import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.fluss.metadata.TablePath;
import org.jspecify.annotations.Nullable;

/** The hot tables, of one database where no other is named, to be asked by many threads at a time. */
public final class HotLookup implements AutoCloseable {
    /** After that a table is described anew, while the old description still serves: it may have got columns. */
    private static final Duration REFRESHED_AFTER = Duration.ofMinutes(1);

    /** Of a table that nobody asked for: it may be another one now. */
    private static final Duration DESCRIBED_FOR = Duration.ofMinutes(2);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HotConnection connection;
    private final Tiering tiering;
    private final String database;
    private final LoadingCache<TablePath, HotTable> tables = Caffeine.newBuilder()
            .refreshAfterWrite(REFRESHED_AFTER)
            .expireAfterWrite(DESCRIBED_FOR)
            .build(new CacheLoader<>() {
                @Override
                public @Nullable HotTable load(TablePath path) {
                    return connection
                            .describe(path)
                            .map(info -> new HotTable(connection, info))
                            .orElse(null);
                }

                /** While the hot store is away a table stays as it was described. */
                @Override
                public @Nullable HotTable reload(TablePath path, HotTable old) {
                    try {
                        connection.requireListening();
                        return load(path);
                    } catch (HotStoreException e) {
                        return old;
                    }
                }
            });

    /**
     * @param bootstrap {@code HOST:PORT}
     * @param database the app's
     */
    public HotLookup(String bootstrap, String database) {
        this.connection = new HotConnection(bootstrap, PATIENCE);
        this.tiering = new Tiering(connection);
        this.database = database;
    }

    /**
     * The table of that name, if there is one.
     *
     * @throws HotStoreException when the hot store does not answer
     */
    public Optional<HotTable> table(String name) {
        return table(database, name);
    }

    /** The same for a table of another database. */
    public Optional<HotTable> table(String database, String name) {
        return Optional.ofNullable(tables.get(TablePath.of(database, name)));
    }

    /**
     * The changelog of the table of that name, if there is one, as it is now.
     *
     * @throws HotStoreException when the hot store does not answer
     */
    public Optional<HotChangeLog> changes(String name) {
        return changes(database, name);
    }

    /** The same for a table of another database. */
    public Optional<HotChangeLog> changes(String database, String name) {
        // Its client, asked while the hot store is away, takes long and fills the log.
        connection.requireListening();
        return connection.describe(TablePath.of(database, name)).map(info -> new HotChangeLog(connection, info));
    }

    /** Has the table described anew, while nobody waits for it: one whose row failed may have been made again. */
    public void describeAnew(String name) {
        var unused = tables.refresh(TablePath.of(database, name));
    }

    /**
     * How far the table of that name has come on its way into the lake.
     *
     * @throws HotStoreException when the hot store does not answer, or has no such table
     */
    public Tiering.Progress tiered(String name) {
        connection.requireListening();
        return tiering.of(database, name);
    }

    /** @throws HotStoreException when the hot store does not answer */
    public List<String> tables() {
        return connection.answer("tables of hot." + database, connection.ask(admin -> admin.listTables(database)));
    }

    @Override
    public void close() throws Exception {
        connection.close();
    }
}
