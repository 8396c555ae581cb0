package io.millrace.agent;

import io.millrace.hot.HotLookup;
import io.millrace.hot.HotStoreException;
import io.millrace.hotstore.HotStoreProcess;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.fluss.client.Connection;
import org.apache.fluss.client.ConnectionFactory;
import org.apache.fluss.client.table.Table;
import org.apache.fluss.client.table.writer.UpsertWriter;
import org.apache.fluss.config.Configuration;
import org.apache.fluss.metadata.DatabaseDescriptor;
import org.apache.fluss.metadata.Schema;
import org.apache.fluss.metadata.TableDescriptor;
import org.apache.fluss.metadata.TablePath;
import org.apache.fluss.row.GenericRow;
import org.jspecify.annotations.Nullable;

/** A real hot store with the database {@code shop}. */
public final class TestHotStore implements AutoCloseable {
    public final HotStoreProcess process;

    public TestHotStore(Path folder) throws Exception {
        process = HotStoreProcess.start(folder);
        try (Connection connection = connect()) {
            connection
                    .getAdmin()
                    .createDatabase("shop", DatabaseDescriptor.EMPTY, true)
                    .get();
        }
    }

    private Connection connect() {
        Configuration configuration = new Configuration();
        configuration.setString("bootstrap.servers", process.bootstrap());
        return ConnectionFactory.createConnection(configuration);
    }

    public void create(String table, Schema schema) throws Exception {
        try (Connection connection = connect()) {
            connection
                    .getAdmin()
                    .createTable(
                            TablePath.of("shop", table),
                            TableDescriptor.builder()
                                    .schema(schema)
                                    .distributedBy(1)
                                    .build(),
                            false)
                    .get();
        }
    }

    public void upsert(String table, Object... values) throws Exception {
        try (Connection connection = connect();
                Table target = connection.getTable(TablePath.of("shop", table))) {
            UpsertWriter writer = target.newUpsert().createWriter();
            writer.upsert(GenericRow.of(values));
            writer.flush();
        }
    }

    /** @return empty also while the hot store is away */
    public Optional<Map<String, @Nullable Object>> row(String table, String key) throws Exception {
        try (HotLookup lookup = new HotLookup(process.bootstrap(), "shop")) {
            return lookup.table(table).orElseThrow().row(key);
        } catch (HotStoreException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws Exception {
        process.close();
    }
}
