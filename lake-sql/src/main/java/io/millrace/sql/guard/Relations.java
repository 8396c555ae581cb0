package io.millrace.sql.guard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Knows what stands behind a table's name. */
public interface Relations {
    /**
     * The query that reads the table, as the {@code node} of DuckDB's syntax tree.
     *
     * @param path the name as written: table, database and table, or catalog, database and table
     * @throws io.millrace.sql.result.SqlFailure 1146 or 1049 when there is no such table
     */
    JsonNode relation(List<String> path);

    /** The same name with everything before it that may be written: catalog, database and table. */
    List<String> fullName(List<String> path);
}
