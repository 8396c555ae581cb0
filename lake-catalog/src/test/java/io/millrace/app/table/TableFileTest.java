package io.millrace.app.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.app.AppException;
import org.junit.jupiter.api.Test;

class TableFileTest {
    @Test
    void columnsKeysAndOptionsAreReadAsWritten() {
        TableDefinition table = TableFile.parse("tables/t.sql", "shop", """
                -- A table.
                CREATE TABLE t (
                  id BIGINT,
                  total DECIMAL(12, 2) NOT NULL,
                  seen TIMESTAMP_LTZ(6) COMMENT 'when',
                  vector ARRAY<FLOAT>,
                  names MAP<STRING, INT>,
                  PRIMARY KEY (id) NOT ENFORCED
                ) COMMENT 'what' PARTITIONED BY (id) WITH ('bucket' = '2');
                """).get(0);
        assertThat(table.columns().stream().map(Column::type))
                .containsExactly(
                        "BIGINT", "DECIMAL(12, 2)", "TIMESTAMP_LTZ(6)", "ARRAY< FLOAT >", "MAP< STRING, INTEGER >");
        assertThat(table.columns().stream().map(Column::nullable)).containsExactly(false, false, true, true, true);
        assertThat(table.primaryKey()).containsExactly("id");
        assertThat(table.partitionKeys()).containsExactly("id");
        assertThat(table.options()).containsEntry("bucket", "2");
        assertThat(table.column("seen").orElseThrow().comment()).isEqualTo("when");
        assertThat(table.comment()).isEqualTo("what");
        assertThat(table.line()).isEqualTo(2);
    }

    @Test
    void syntaxErrorNamesTheLineInTheFile() {
        assertThatThrownBy(() ->
                        TableFile.parse("tables/t.sql", "shop", "\n\nCREATE TABLE t (\n  id BIGINT\n  name STRING\n);"))
                .isInstanceOf(AppException.class)
                .hasMessageStartingWith("tables/t.sql:5: syntax error");
    }

    @Test
    void otherStatementsAreRefused() {
        assertThatThrownBy(() -> TableFile.parse("tables/t.sql", "shop", "DROP TABLE t;"))
                .hasMessage("tables/t.sql:1: only CREATE TABLE stands in tables/: move this statement to pipelines/");
    }

    @Test
    void anotherDatabaseIsRefused() {
        assertThatThrownBy(() -> TableFile.parse("tables/t.sql", "shop", "CREATE TABLE other.t (id INT);"))
                .hasMessageContaining("table other.t is not in the app's database shop");
    }
}
