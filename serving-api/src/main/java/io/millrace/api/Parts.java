package io.millrace.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.changes.ChangeParts;
import io.millrace.api.hot.HotParts;
import io.millrace.api.media.MediaParts;
import io.millrace.api.search.SearchDescription;
import io.millrace.api.sql.Answer;
import io.millrace.api.sql.Call;
import io.millrace.app.endpoint.Endpoint;
import io.millrace.app.search.SearchIndex;
import io.millrace.app.table.TableDefinition;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What answers beside the app's own endpoints.
 *
 * @param changes closed by itself, before the server: feeds do not end otherwise
 */
record Parts(SearchRoute search, MediaParts media, HotParts hot, ChangeParts changes) implements AutoCloseable {
    /** Each holds a thread for as long as its caller takes. */
    static final int MEDIA_STREAMS = 16;

    /**
     * @param database the app's
     * @param indexes what of it can be searched
     * @param tiered its hot tables that are carried into the lake
     * @param query asks the SQL server
     * @throws io.millrace.service.SettingsException when the folder of the indexes cannot be used
     */
    static Parts open(
            ServingApiSettings settings,
            String database,
            List<SearchIndex> indexes,
            List<TableDefinition> tiered,
            Function<Call, Answer> query) {
        SearchRoute search = SearchRoute.open(settings.search(), indexes, query);
        HotParts hot = HotParts.open(settings.hotStore(), database, tiered, query);
        return new Parts(
                search,
                MediaParts.open(settings.warehouse(), query, MEDIA_STREAMS),
                hot,
                ChangeParts.open(database, settings.changes(), hot.tables(), settings.warehouse()));
    }

    /** What the index lists. */
    List<Endpoint> described() {
        return Stream.of(
                        media.described(),
                        search.search().endpoint().stream().toList(),
                        hot.described(),
                        changes.described())
                .flatMap(List::stream)
                .toList();
    }

    /** The OpenAPI document with what is no JSON put right. */
    ObjectNode documented(ObjectNode openApi) {
        ObjectNode documented = changes.documented(media.documented(openApi));
        SearchDescription.describeAnswer(documented);
        return documented;
    }

    @Override
    public void close() {
        search.close();
        media.close();
        hot.close();
    }
}
