package io.millrace.launcher.verify;

import java.util.List;

/**
 * How a lake table compares with its source table.
 *
 * @param sourceRows rows at the source
 * @param lakeRows rows in the lake
 * @param missing rows the lake lacks
 * @param extra rows the source lacks
 * @param different rows with equal key and another value in some column
 * @param examples the first differences, one line each
 */
public record TableComparison(
        String table, long sourceRows, long lakeRows, long missing, long extra, long different, List<String> examples) {
    public TableComparison {
        examples = List.copyOf(examples);
    }

    public boolean equal() {
        return missing == 0 && extra == 0 && different == 0;
    }
}
