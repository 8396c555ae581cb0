package io.millrace.hot;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.fluss.client.Connection;
import org.apache.fluss.client.ConnectionFactory;
import org.apache.fluss.client.admin.Admin;
import org.apache.fluss.config.Configuration;
import org.apache.fluss.exception.TableNotExistException;
import org.apache.fluss.metadata.TablePath;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the hot store by their key, for many threads at a time. It connects when it is first asked, so the hot store may
 * come later, and finds it again after it was away.
 */
public final class HotLookup implements AutoCloseable {
    /** After that a table is described anew: it may have got columns. */
    private static final Duration DESCRIBED_FOR = Duration.ofMinutes(1);

    private static final int ANSWER_SECONDS = 5;

    private final String bootstrap;
    private final String database;
    private final Cache<String, HotTable> tables =
            Caffeine.newBuilder().expireAfterWrite(DESCRIBED_FOR).build();
    private @Nullable Connection connection;

    /**
     * @param bootstrap {@code HOST:PORT}
     * @param database the app's
     */
    public HotLookup(String bootstrap, String database) {
        this.bootstrap = bootstrap;
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
            known = describe(name);
            if (known != null) {
                tables.put(name, known);
            }
        }
        return Optional.ofNullable(known);
    }

    private @Nullable HotTable describe(String name) {
        Connection store = connection();
        TablePath path = TablePath.of(database, name);
        try (Admin admin = store.getAdmin()) {
            admin.getTableInfo(path).get(ANSWER_SECONDS, TimeUnit.SECONDS);
            return new HotTable(store.getTable(path));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TableNotExistException) {
                return null;
            }
            throw away(e.getCause());
        } catch (TimeoutException e) {
            throw away(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away(e);
        } catch (Exception e) {
            throw away(e);
        }
    }

    /** @throws HotStoreException when the hot store does not answer */
    public List<String> tables() {
        try (Admin admin = connection().getAdmin()) {
            return admin.listTables(database).get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away(e);
        } catch (Exception e) {
            throw away(e);
        }
    }

    private synchronized Connection connection() {
        if (connection == null) {
            // The client would try for long.
            if (!HotTables.answers(bootstrap)) {
                throw new HotStoreException("the hot store at " + bootstrap + " does not answer");
            }
            Configuration configuration = new Configuration();
            configuration.setString("bootstrap.servers", bootstrap);
            // Else each lookup waits 100 ms for others to be sent with it; without any wait each is a request of its
            // own.
            configuration.setString("client.lookup.batch-timeout", "1 ms");
            configuration.setString("client.request-timeout", ANSWER_SECONDS + " s");
            try {
                connection = ConnectionFactory.createConnection(configuration);
            } catch (RuntimeException e) {
                throw away(e);
            }
        }
        return connection;
    }

    private HotStoreException away(Throwable cause) {
        return new HotStoreException(
                "the hot store at " + bootstrap + " does not answer: " + cause.getMessage(), cause);
    }

    @Override
    public synchronized void close() throws Exception {
        if (connection != null) {
            connection.close();
        }
    }
}
