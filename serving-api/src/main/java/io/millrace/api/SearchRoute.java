package io.millrace.api;

import io.millrace.api.search.Search;
import io.millrace.api.search.SearchEngine;
import io.millrace.api.search.SearchSettings;
import io.millrace.api.search.doris.DorisEngine;
import io.millrace.api.search.lucene.LuceneEngine;
import io.millrace.api.sql.Answer;
import io.millrace.api.sql.Call;
import io.millrace.app.search.SearchIndex;
import io.millrace.lake.Warehouse;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Search with the engine the settings name, or the reason why there is none. */
record SearchRoute(Search search, @Nullable SearchEngine engine) implements AutoCloseable {
    /**
     * @param query asks the SQL server
     * @throws io.millrace.service.SettingsException when the folder of the indexes cannot be used
     */
    static SearchRoute open(SearchSettings settings, List<SearchIndex> indexes, Function<Call, Answer> query) {
        if (indexes.isEmpty()) {
            return off("the app makes nothing searchable: add search: to its app.yaml");
        }
        if (settings.warehouse().isBlank()) {
            return off("search is switched off: set 'warehouse' of serving-api to the lake's address");
        }
        SearchEngine engine = settings.engine().equals(SearchSettings.DORIS)
                ? new DorisEngine(query)
                : LuceneEngine.open(
                        Warehouse.of(settings.warehouse(), System.getenv()),
                        Path.of(settings.dataDirectory()).resolve("search"),
                        indexes);
        return new SearchRoute(Search.over(indexes, engine, settings), engine);
    }

    private static SearchRoute off(String reason) {
        return new SearchRoute(Search.off(reason), null);
    }

    @Override
    public void close() {
        if (engine != null) {
            engine.close();
        }
    }
}
