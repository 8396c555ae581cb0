package io.millrace.launcher.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.app.table.Column;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import javax.sql.rowset.CachedRowSet;
import javax.sql.rowset.RowSetMetaDataImpl;
import javax.sql.rowset.RowSetProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellTest {
    @ParameterizedTest
    @CsvSource({"2.50, 2.5", "100, 1E2", "0.00, 0", "-0.10, -0.1"})
    void decimalsAreEqualWhateverTheirScale(BigDecimal source, BigDecimal lake) throws SQLException {
        assertThat(source("DECIMAL(12, 2)", Types.DECIMAL, source))
                .isEqualTo(lake("DECIMAL(12, 2)", Types.DECIMAL, lake))
                .doesNotContain("E");
    }

    @Test
    void decimalsThatDifferByACentAreDifferent() throws SQLException {
        assertThat(source("DECIMAL(12, 2)", Types.DECIMAL, new BigDecimal("2.50")))
                .isNotEqualTo(lake("DECIMAL(12, 2)", Types.DECIMAL, new BigDecimal("2.51")));
    }

    @Test
    void booleansAreEqualToTheNumbersMySqlSends() throws SQLException {
        assertThat(source("BOOLEAN", Types.BOOLEAN, true)).isEqualTo(lake("BOOLEAN", Types.VARCHAR, "1"));
        assertThat(source("BOOLEAN", Types.BOOLEAN, false)).isEqualTo(lake("BOOLEAN", Types.VARCHAR, "0"));
        assertThat(lake("BOOLEAN", Types.VARCHAR, "0")).isNotEqualTo(lake("BOOLEAN", Types.VARCHAR, "1"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20 08:00:00.500000, 2026-11-20T08:00:00.500",
        "2026-11-20 08:00:00.5, 2026-11-20T08:00:00.500",
        "2026-11-20 08:00:01, 2026-11-20T08:00:01",
        "2026-11-20 08:00:00, 2026-11-20T08:00",
        "2026-11-20 08:00:00.000001, 2026-11-20T08:00:00.000001"
    })
    void lakesTimesAreReadWithAnyFraction(String lake, String expected) throws SQLException {
        assertThat(lake("TIMESTAMP_LTZ(6)", Types.VARCHAR, lake)).isEqualTo(expected);
        assertThat(lake("TIMESTAMP(6)", Types.VARCHAR, lake)).isEqualTo(expected);
    }

    @Test
    void valuesOfTheHotStoreAreEqualToTheLakes() throws SQLException {
        assertThat(Cell.fromHot(new BigDecimal("2.50")))
                .isEqualTo(lake("DECIMAL(12, 2)", Types.DECIMAL, new BigDecimal("2.5")));
        assertThat(Cell.fromHot(Instant.parse("2026-11-20T08:00:00.5Z")))
                .isEqualTo(lake("TIMESTAMP_LTZ(6)", Types.VARCHAR, "2026-11-20 08:00:00.500000"));
        assertThat(Cell.fromHot(true)).isEqualTo(lake("BOOLEAN", Types.VARCHAR, "1"));
        assertThat(Cell.fromHot(0.5f)).isEqualTo(lake("FLOAT", Types.DOUBLE, 0.5));
        assertThat(Cell.fromHot(new byte[] {0, (byte) 0xff})).isEqualTo("00ff");
        assertThat(Cell.fromHot(null)).isNull();
    }

    @Test
    void nullIsNullAndNotAnEmptyText() throws SQLException {
        assertThat(source("STRING", Types.VARCHAR, null)).isNull();
        assertThat(lake("TIMESTAMP_LTZ(6)", Types.VARCHAR, null)).isNull();
        assertThat(lake("DECIMAL(12, 2)", Types.DECIMAL, null)).isNull();
        assertThat(lake("STRING", Types.VARCHAR, "")).isEmpty();
    }

    @Test
    void textsAndNumbersAreComparedAsWritten() throws SQLException {
        assertThat(source("STRING", Types.VARCHAR, "a ")).isEqualTo("a ");
        assertThat(source("BIGINT", Types.BIGINT, 100001L)).isEqualTo(lake("BIGINT", Types.VARCHAR, "100001"));
    }

    private static @Nullable String source(String type, int sqlType, @Nullable Object value) throws SQLException {
        try (CachedRowSet row = row(sqlType, value)) {
            return Cell.fromSource(row, 1, column(type));
        }
    }

    private static @Nullable String lake(String type, int sqlType, @Nullable Object value) throws SQLException {
        try (CachedRowSet row = row(sqlType, value)) {
            return Cell.fromLake(row, 1, column(type));
        }
    }

    private static Column column(String type) {
        return new Column("c", type, true, "", 1);
    }

    private static CachedRowSet row(int sqlType, @Nullable Object value) throws SQLException {
        RowSetMetaDataImpl columns = new RowSetMetaDataImpl();
        columns.setColumnCount(1);
        columns.setColumnName(1, "c");
        columns.setColumnType(1, sqlType);
        CachedRowSet rows = RowSetProvider.newFactory().createCachedRowSet();
        rows.setMetaData(columns);
        rows.moveToInsertRow();
        if (value == null) {
            rows.updateNull(1);
        } else {
            rows.updateObject(1, value);
        }
        rows.insertRow();
        rows.moveToCurrentRow();
        rows.beforeFirst();
        assertThat(rows.next()).isTrue();
        return rows;
    }
}
