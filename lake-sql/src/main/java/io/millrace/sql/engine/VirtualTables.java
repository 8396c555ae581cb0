package io.millrace.sql.engine;

import io.millrace.sql.result.ListedRows;
import java.util.Optional;

/** Tables that are computed instead of stored, like those of information_schema. */
public interface VirtualTables {
    /** The table's rows, or empty when there is no such table. */
    Optional<ListedRows> find(String database, String table);
}
