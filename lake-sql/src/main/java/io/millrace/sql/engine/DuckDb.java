package io.millrace.sql.engine;

import static io.millrace.sql.dialect.Printer.literal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.duckdb.DuckDBConnection;

/** One DuckDB in memory: our functions in it, its settings locked, no way out to files beside the warehouse. */
final class DuckDb implements AutoCloseable {
    private final DuckDBConnection root;

    private DuckDb(DuckDBConnection root) {
        this.root = root;
    }

    static DuckDb start(Limits limits, Optional<Path> warehouse, Scans scans, Macros macros) throws SQLException {
        DuckDb duckDb = new DuckDb((DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:"));
        scans.register(duckDb.root);
        DateFunctions.register(duckDb.root);
        try (Statement statement = duckDb.root.createStatement()) {
            statement.execute("ATTACH ':memory:' AS cache");
            for (String macro : macros.definitions()) {
                statement.execute(macro);
            }
            statement.execute("SET GLOBAL TimeZone = 'UTC'");
            statement.execute("SET GLOBAL default_null_order = 'nulls_first_on_asc_last_on_desc'");
            statement.execute("SET GLOBAL ieee_floating_point_ops = false");
            statement.execute("SET GLOBAL error_on_division_by_zero = false");
            statement.execute("SET GLOBAL memory_limit = '" + limits.memoryMebibytes() + "MiB'");
            statement.execute("SET GLOBAL threads = " + limits.threads());
            statement.execute("SET GLOBAL temp_directory = "
                    + literal(limits.tempDirectory().toString()));
            statement.execute("SET GLOBAL parquet_metadata_cache = true");
            statement.execute("SET GLOBAL autoload_known_extensions = false");
            statement.execute("SET GLOBAL autoinstall_known_extensions = false");
            // the order matters: what is allowed can no longer be said once access is off
            statement.execute("SET GLOBAL allowed_directories = ["
                    + warehouse.map(directory -> literal(directory + "/")).orElse("") + "]");
            statement.execute("SET GLOBAL enable_external_access = false");
            statement.execute("SET GLOBAL lock_configuration = true");
        }
        return duckDb;
    }

    /** A connection of its own, for one thread. */
    Connection connect() throws SQLException {
        return root.duplicate();
    }

    /** The names of all functions there are, in lower case. */
    Set<String> functions() throws SQLException {
        Set<String> names = new HashSet<>();
        try (Statement statement = root.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT DISTINCT lower(function_name) FROM duckdb_functions()")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    @Override
    public void close() throws SQLException {
        root.close();
    }
}
