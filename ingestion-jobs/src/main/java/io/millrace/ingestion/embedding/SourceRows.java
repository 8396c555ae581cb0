package io.millrace.ingestion.embedding;

import io.millrace.app.search.SearchIndex;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;

/** The changelog of an index's table as insert-only rows. */
final class SourceRows {
    private static final int BEFORE_COLUMNS = 3;

    private SourceRows() {}

    static DataStream<SearchRow> of(SearchIndex index, StreamTableEnvironment tables) {
        List<String> text = index.text();
        List<String> filters = index.filters();
        String columns = Stream.of(Stream.of(index.key(), index.title()), text.stream(), filters.stream())
                .flatMap(names -> names)
                .map(name -> ", `" + name + "`")
                .collect(Collectors.joining());
        // A column may be named twice here, for it may be searched and be a filter too.
        int count = BEFORE_COLUMNS + text.size() + filters.size();
        String names = Stream.iterate(0, i -> i + 1)
                .limit(count)
                .map(i -> "`c" + i + "`")
                .collect(Collectors.joining(", "));
        String[] table = index.table().split("\\.");
        // Paimon's audit log is the changelog as plain rows, each with its kind. Named sources keep their state when
        // another index comes to the job.
        String options = "'scan.parallelism' = '1', 'source.operator-uid.suffix' = 'search_" + index.name() + "'";
        String query = "SELECT * FROM (SELECT rowkind" + columns + " FROM lake.`" + table[0] + "`.`" + table[1]
                + "$audit_log` /*+ OPTIONS(" + options + ") */) AS r(" + names + ") WHERE c0 <> '-U'";
        return tables.toDataStream(tables.sqlQuery(query))
                .map(row -> row(index, row))
                .setParallelism(1)
                .returns(Types.POJO(SearchRow.class))
                .name("rows of " + index.name());
    }

    private static SearchRow row(SearchIndex index, Row given) {
        SearchRow row = new SearchRow();
        row.index = index.name();
        row.key = text(given.getField(1));
        row.deleted = Objects.equals(given.getField(0), "-D");
        if (row.deleted) {
            return row;
        }
        row.title = text(given.getField(2));
        int texts = index.text().size();
        row.text = Stream.iterate(BEFORE_COLUMNS, i -> i + 1)
                .limit(texts)
                .map(i -> text(given.getField(i)))
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining("\n\n"));
        for (int i = 0; i < index.filters().size(); i++) {
            Object value = given.getField(BEFORE_COLUMNS + texts + i);
            if (value != null) {
                row.filters.put(index.filters().get(i), text(value));
            }
        }
        return row;
    }

    /** Numbers plainly, days and times as ISO 8601. */
    private static String text(@org.jspecify.annotations.Nullable Object value) {
        return value == null ? "" : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }
}
