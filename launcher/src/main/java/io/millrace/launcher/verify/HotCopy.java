package io.millrace.launcher.verify;

import io.millrace.app.App;
import io.millrace.app.HotFill;
import io.millrace.hot.HotUpserts;
import io.millrace.launcher.layout.Services;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts agents' results that are in the lake into their hot tables: no model is asked again for them. */
public final class HotCopy {
    private HotCopy() {}

    /** @param agents names of those that do not run meanwhile */
    public static void results(App app, Services services, List<String> agents) throws Exception {
        List<HotFill> fills = HotFill.of(app).stream()
                .filter(fill -> agents.contains(fill.pipeline()))
                .toList();
        for (HotFill fill : fills) {
            try (Connection lake = services.databases().connectToLake();
                    Statement statement = lake.createStatement();
                    ResultSet row = statement.executeQuery(fill.query());
                    HotUpserts upserts = new HotUpserts(
                            services.hotStore(),
                            fill.table().database(),
                            fill.table().name())) {
                while (row.next()) {
                    List<@Nullable String> cells = new ArrayList<>();
                    for (int i = 0; i < fill.columns().size(); i++) {
                        cells.add(Cell.fromLake(row, i + 1, fill.columns().get(i)));
                    }
                    upserts.add(cells);
                }
            }
        }
    }
}
