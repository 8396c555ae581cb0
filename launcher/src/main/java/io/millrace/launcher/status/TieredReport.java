package io.millrace.launcher.status;

import io.millrace.app.App;
import io.millrace.app.table.TableDefinition;
import io.millrace.hot.HotLookup;
import io.millrace.hot.HotStoreException;
import io.millrace.hot.Tiering;
import java.util.ArrayList;
import java.util.List;

/**
 * The copy in the lake of a hot table.
 *
 * @param snapshot of the lake's table, 0 before the first
 * @param changesBehind changes of the hot table that are not in it
 * @param behindMillis age of the newest change in it while there are others; 0 when it has all
 */
public record TieredReport(String table, long snapshot, long changesBehind, long behindMillis) {
    static List<TieredReport> of(App app, HotLookup hot, LakeNumbers lake, List<String> complaints) {
        List<TieredReport> reports = new ArrayList<>();
        try {
            for (TableDefinition table : app.tieredTables()) {
                Tiering.Progress progress = hot.tiered(table.name());
                long newest = lake.number("SELECT CAST(unix_timestamp(max(__timestamp)) * 1000 AS BIGINT) FROM lake."
                        + table.qualifiedName());
                reports.add(new TieredReport(
                        "hot." + table.qualifiedName(),
                        progress.snapshot(),
                        progress.changesBehind(),
                        progress.changesBehind() == 0 ? 0 : newest <= 0 ? -1 : System.currentTimeMillis() - newest));
            }
        } catch (HotStoreException e) {
            complaints.add("how far hot tables are behind in the lake is not known: " + e.getMessage());
        }
        return reports;
    }
}
