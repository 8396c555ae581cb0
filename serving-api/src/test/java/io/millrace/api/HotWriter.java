package io.millrace.api;

import java.util.Arrays;
import org.apache.fluss.client.Connection;
import org.apache.fluss.client.ConnectionFactory;
import org.apache.fluss.client.table.writer.AppendWriter;
import org.apache.fluss.client.table.writer.UpsertWriter;
import org.apache.fluss.config.Configuration;
import org.apache.fluss.metadata.TablePath;
import org.apache.fluss.row.BinaryString;
import org.apache.fluss.row.GenericRow;

/** Writes rows of the hot store; each call returns when the rows are committed. */
public final class HotWriter implements AutoCloseable {
    private final Connection connection;

    public HotWriter(String bootstrap) {
        Configuration configuration = new Configuration();
        configuration.setString("bootstrap.servers", bootstrap);
        configuration.setString("client.writer.batch-timeout", "0 ms");
        this.connection = ConnectionFactory.createConnection(configuration);
    }

    public UpsertWriter upserts(String table) {
        return connection.getTable(TablePath.of("depot", table)).newUpsert().createWriter();
    }

    public void upsert(String table, Object... values) throws Exception {
        upserts(table).upsert(row(values)).get();
    }

    public void delete(String table, Object... values) throws Exception {
        upserts(table).delete(row(values)).get();
    }

    public void append(String table, Object... values) throws Exception {
        AppendWriter writer =
                connection.getTable(TablePath.of("depot", table)).newAppend().createWriter();
        writer.append(row(values)).get();
    }

    /** Strings are what Fluss has for them. */
    public static GenericRow row(Object... values) {
        return GenericRow.of(Arrays.stream(values)
                .map(value -> value instanceof String text ? BinaryString.fromString(text) : value)
                .toArray());
    }

    @Override
    public void close() throws Exception {
        connection.close();
    }
}
