package io.millrace.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import javax.sql.rowset.CachedRowSet;
import javax.sql.rowset.RowSetMetaDataImpl;
import javax.sql.rowset.RowSetProvider;
import org.jspecify.annotations.Nullable;
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
        try (CachedRowSet rows = order(null)) {
            assertThat(TextTable.of(rows, false).toString().lines().map(String::strip))
                    .containsExactly("id      status", "------  ------", "100001  NULL");
        }
    }

    @Test
    void aProgramThatTakesTheResultGetsLongValuesWhole() throws Exception {
        String sha256 = "c".repeat(64);
        try (CachedRowSet rows = order(sha256)) {
            assertThat(TextTable.of(rows, true).toString()).contains("100001  " + sha256);
        }
    }

    private static CachedRowSet order(@Nullable String status) throws SQLException {
        RowSetMetaDataImpl columns = new RowSetMetaDataImpl();
        columns.setColumnCount(2);
        columns.setColumnName(1, "order_id");
        columns.setColumnLabel(1, "id");
        columns.setColumnType(1, java.sql.Types.BIGINT);
        columns.setColumnName(2, "status");
        columns.setColumnLabel(2, "status");
        columns.setColumnType(2, java.sql.Types.VARCHAR);
        CachedRowSet rows = RowSetProvider.newFactory().createCachedRowSet();
        rows.setMetaData(columns);
        rows.moveToInsertRow();
        rows.updateLong(1, 100001);
        rows.updateString(2, status);
        rows.insertRow();
        rows.moveToCurrentRow();
        rows.beforeFirst();
        return rows;
    }
}
