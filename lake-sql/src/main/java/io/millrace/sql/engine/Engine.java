package io.millrace.sql.engine;

import io.millrace.service.Nearest;
import io.millrace.sql.guard.AllowedFunctions;
import io.millrace.sql.lake.Lake;
import io.millrace.sql.lake.Snapshots;
import io.millrace.sql.lake.TableName;
import io.millrace.sql.result.SqlError;
import io.millrace.sql.result.SqlFailure;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Answers queries over one lake; every session asks through a {@link QueryRunner} of its own. */
public final class Engine implements AutoCloseable {
    private final Lake lake;
    private final Snapshots snapshots;
    private final Scans scans;
    private final DuckDb duckDb;
    private final MergeCache cache;
    private final Macros macros;
    private final AllowedFunctions functions;

    private Engine(Lake lake, Scans scans, DuckDb duckDb, Macros macros, MergeCache cache, AllowedFunctions functions) {
        this.lake = lake;
        this.snapshots = new Snapshots(lake);
        this.scans = scans;
        this.duckDb = duckDb;
        this.macros = macros;
        this.cache = cache;
        this.functions = functions;
    }

    /** @throws SQLException when DuckDB does not start */
    public static Engine start(Lake lake, Limits limits) throws SQLException {
        Scans scans = new Scans(limits.tempDirectory().toString());
        Macros macros = Macros.load();
        DuckDb duckDb = DuckDb.start(limits, lake.directory(), scans, macros);
        AllowedFunctions functions = new AllowedFunctions(macros.names(), duckDb.functions());
        return new Engine(lake, scans, duckDb, macros, new MergeCache(duckDb, scans, limits.cacheBytes()), functions);
    }

    public Lake lake() {
        return lake;
    }

    /** A runner for one session. */
    public QueryRunner runner() throws SQLException {
        return new QueryRunner(this, duckDb.connect());
    }

    /** The functions that are macros of ours, in lower case. */
    public Set<String> macros() {
        return macros.names();
    }

    public EngineStatistics statistics() {
        return new EngineStatistics(snapshots.plans(), scans.merges(), cache.hits(), cache.tables(), cache.bytes());
    }

    /**
     * The table a written name means.
     *
     * @param database what a name without one belongs to, or an empty string
     */
    public TableName tableName(List<String> path, String database) {
        String table = path.get(path.size() - 1);
        if (path.size() == 1) {
            if (database.isEmpty()) {
                throw new SqlFailure(
                        SqlError.NO_DATABASE,
                        "no database selected: write DATABASE." + table + " or USE a database first");
            }
            return new TableName(database, table);
        }
        if (path.size() == 3 && !path.get(0).equals(lake.name())) {
            throw new SqlFailure(
                    SqlError.UNKNOWN_DATABASE,
                    "catalog " + path.get(0) + " does not exist" + Nearest.hint(path.get(0), List.of(lake.name())));
        }
        return new TableName(path.get(path.size() - 2), table);
    }

    Snapshots snapshots() {
        return snapshots;
    }

    Scans scans() {
        return scans;
    }

    MergeCache cache() {
        return cache;
    }

    AllowedFunctions functions() {
        return functions;
    }

    @Override
    public void close() throws SQLException {
        duckDb.close();
    }
}
