package io.millrace.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.sql.rowset.CachedRowSet;
import javax.sql.rowset.RowSetMetaDataImpl;
import javax.sql.rowset.RowSetProvider;
import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void columnsAreAsWideAsTheirWidestValue() {
        TextTable table = new TextTable(List.of("job", "state"));
        table.add(List.of("page_views", "running"));
        table.add(List.of("cdc", ""));
        assertThat(table).hasToString("""
                job         state
                ----------  -------
                page_views  running
                cdc
                """);
    }

    @Test
    void longValuesAreCutAndLinesJoined() {
        TextTable table = new TextTable(List.of("text"));
        table.add(List.of("one\ntwo\r\nthree"));
        table.add(List.of("x".repeat(61)));
        table.add(List.of("y".repeat(60)));
        assertThat(table.toString().lines().skip(2))
                .containsExactly("one two  three", "x".repeat(59) + "…", "y".repeat(60));
    }

    @Test
    void resultIsShownWithItsLabelsAndNulls() throws Exception {
        RowSetMetaDataImpl columns = new RowSetMetaDataImpl();
        columns.setColumnCount(2);
        columns.setColumnName(1, "order_id");
        columns.setColumnLabel(1, "id");
        columns.setColumnType(1, java.sql.Types.BIGINT);
        columns.setColumnName(2, "status");
        columns.setColumnLabel(2, "status");
        columns.setColumnType(2, java.sql.Types.VARCHAR);
        try (CachedRowSet rows = RowSetProvider.newFactory().createCachedRowSet()) {
            rows.setMetaData(columns);
            rows.moveToInsertRow();
            rows.updateLong(1, 100001);
            rows.updateNull(2);
            rows.insertRow();
            rows.moveToCurrentRow();
            rows.beforeFirst();
            assertThat(TextTable.of(rows).toString().lines().map(String::strip))
                    .containsExactly("id      status", "------  ------", "100001  NULL");
        }
    }
}
