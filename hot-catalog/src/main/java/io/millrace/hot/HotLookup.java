package io.millrace.hot;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.fluss.metadata.TableInfo;
import org.apache.fluss.metadata.TablePath;

/** The hot tables of one database, to be asked by many threads at a time. */
public final class HotLookup implements AutoCloseable {
    /** After that a table is described anew: it may have got columns. */
    private static final Duration DESCRIBED_FOR = Duration.ofMinutes(1);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HotConnection connection;
    private final String database;
    private final Cache<String, HotTable> tables =
            Caffeine.newBuilder().expireAfterWrite(DESCRIBED_FOR).build();

    /**
     * @param bootstrap {@code HOST:PORT}
     * @param database the app's
     */
    public HotLookup(String bootstrap, String database) {
        this.connection = new HotConnection(bootstrap, PATIENCE);
        this.database = database;
    }

    /**
     * The table of that name, if there is one.
     *
     * @throws HotStoreException when the hot store does not answer
     */
    public Optional<HotTable> table(String name) {
        HotTable known = tables.getIfPresent(name);
        if (known == null) {
            known = describe(name).map(info -> new HotTable(connection, info)).orElse(null);
            if (known != null) {
                tables.put(name, known);
            }
        }
        return Optional.ofNullable(known);
    }

    /**
     * The changelog of the table of that name, if there is one, as it is now.
     *
     * @throws HotStoreException when the hot store does not answer
     */
    public Optional<HotChangeLog> changes(String name) {
        return describe(name).map(info -> new HotChangeLog(connection, info));
    }

    private Optional<TableInfo> describe(String name) {
        return connection.describe(TablePath.of(database, name));
    }

    /**
     * Asks nothing but whether it is there: its client, asked while it is away, takes long and fills the log.
     *
     * @throws HotStoreException when it is not
     */
    public void requireListening() {
        connection.requireListening();
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
