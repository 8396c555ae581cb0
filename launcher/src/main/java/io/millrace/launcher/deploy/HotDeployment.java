package io.millrace.launcher.deploy;

import io.millrace.app.App;
import io.millrace.app.table.TableDefinition;
import io.millrace.hot.HotTables;
import io.millrace.lake.Lake;
import io.millrace.launcher.layout.Services;
import java.util.List;

/** The app's hot tables, with their copies in the lake. One thread at a time. */
public final class HotDeployment implements AutoCloseable {
    private final App app;
    private final HotTables hot;
    private final Lake lake;

    public HotDeployment(App app, Services services) {
        this.app = app;
        this.hot = HotTables.connect(services.hotStore());
        this.lake = Lake.open(services.warehouse());
    }

    /**
     * Makes what is missing. The copy in the lake of a table that is gone goes too: the hot store begins a new one only
     * where there is none.
     *
     * @return one line for each table that was created or changed
     */
    public List<String> ensure() {
        for (TableDefinition table : app.tieredTables()) {
            if (!hot.exists(table)) {
                lake.dropCopyOfHot(table.database(), table.name());
            }
        }
        return hot.ensure(app.allHotTables());
    }

    /** Makes tables anew, without rows, in the lake too. */
    public void empty(List<TableDefinition> tables) {
        tables.forEach(hot::drop);
        ensure();
    }

    @Override
    public void close() throws Exception {
        hot.close();
        lake.close();
    }
}
