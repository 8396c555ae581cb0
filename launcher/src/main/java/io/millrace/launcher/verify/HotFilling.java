package io.millrace.launcher.verify;

import io.millrace.app.App;
import io.millrace.app.HotFill;
import io.millrace.hot.HotScan;
import io.millrace.launcher.layout.Services;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Follows hot tables while they are filled anew. */
public final class HotFilling {
    /** So few rows are what the traffic changes in between. */
    private static final double MOVING = 0.01;

    private HotFilling() {}

    /**
     * Waits until each table has what its pipelines' queries say of the lake, but for the few rows that traffic is changing.
     *
     * @param tables with their database
     * @param say gets a line for each change
     * @return whether they had in time
     */
    public static boolean follow(App app, Services services, List<String> tables, Duration limit, Consumer<String> say)
            throws Exception {
        List<HotFill> fills = HotFill.of(app).stream()
                .filter(fill -> tables.contains(fill.table().qualifiedName()))
                .toList();
        try (HotScan hot = new HotScan(services.hotStore());
                Connection lake = services.databases().connectToLake()) {
            HotComparer comparer = new HotComparer(hot, lake);
            long deadline = System.nanoTime() + limit.toNanos();
            boolean all = true;
            for (HotFill fill : fills) {
                all &= follow(comparer, fill, deadline, say);
            }
            return all;
        }
    }

    private static boolean follow(HotComparer comparer, HotFill fill, long deadline, Consumer<String> say)
            throws SQLException, InterruptedException {
        String before = "";
        while (true) {
            TableComparison now = comparer.compare(fill);
            long wrong = now.missing() + now.extra() + now.different();
            String line = now.table() + ": " + (now.sourceRows() - now.missing() - now.different()) + " of "
                    + now.sourceRows() + " rows";
            if (!line.equals(before)) {
                say.accept(line);
                before = line;
            }
            if (now.sourceRows() == 0 || wrong <= now.sourceRows() * MOVING) {
                return true;
            }
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }
}
