package io.millrace.api.hot;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.millrace.api.problem.ProblemCode;
import io.millrace.api.problem.ProblemException;
import io.millrace.hot.HotLookup;
import io.millrace.hot.HotStoreException;
import io.millrace.hot.HotTable;
import io.millrace.hot.KeyException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/lookup/{table}/{key}}: a row of the hot store, as it is now. */
final class HotRows implements Handler {
    private final String database;
    private final HotLookup store;

    HotRows(String database, HotLookup store) {
        this.database = database;
        this.store = store;
    }

    @Override
    public void handle(Context context) {
        String name = context.pathParam("table");
        String key = context.pathParam("key");
        try {
            HotTable table = store.table(name).orElseThrow(() -> HotProblems.noSuchTable(database, name, store));
            Map<String, @Nullable Object> row = table.row(key).orElseThrow(() -> noSuchRow(name, key));
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("table", "hot." + database + "." + name);
            answer.put("row", row);
            context.contentType("application/json").result(HotJson.text(answer));
        } catch (KeyException e) {
            throw new ProblemException(ProblemCode.INVALID_PARAMETER, e.getMessage());
        } catch (HotStoreException e) {
            throw HotProblems.unavailable(e);
        }
    }

    private ProblemException noSuchRow(String table, String key) {
        return new ProblemException(
                ProblemCode.NOT_FOUND, "hot." + database + "." + table + " has no row with key " + key);
    }
}
