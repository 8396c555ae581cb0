package io.millrace.app.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatementTest {
    private static final List<String> CATALOGS = List.of("lake", "cdc");

    @Test
    void readAndWrittenTablesAreFoundWithTheirLines() {
        assertThat(references("""
                INSERT INTO lake.shop.revenue
                SELECT * FROM cdc.shop.orders o
                JOIN lake.shop.customers c ON o.customer_id = c.customer_id
                """))
                .containsExactly(
                        new TableReference("lake", "shop", "revenue", true, 1),
                        new TableReference("cdc", "shop", "orders", false, 2),
                        new TableReference("lake", "shop", "customers", false, 3));
    }

    @Test
    void overwrittenTableIsWritten() {
        assertThat(references("INSERT OVERWRITE lake.shop.revenue SELECT 1"))
                .containsExactly(new TableReference("lake", "shop", "revenue", true, 1));
    }

    @Test
    void systemTableRefersToItsTable() {
        assertThat(references("SELECT * FROM lake.shop.`reviews$audit_log`"))
                .containsExactly(new TableReference("lake", "shop", "reviews", false, 1));
    }

    @Test
    void backticksAndSpacesChangeNothing() {
        assertThat(references("SELECT * FROM `lake` . `shop` . `order items`"))
                .extracting(TableReference::name)
                .containsExactly("lake.shop.order items");
    }

    @Test
    void columnsStringsAndOtherCatalogsAreNoReferences() {
        assertThat(references("SELECT x.lake.shop.orders, 'lake.shop.orders' FROM hot.shop.orders -- lake.shop.orders"))
                .isEmpty();
    }

    @Test
    void keywordsAreComparedWhateverTheirCase() {
        Statement statement = statement("create Table t (a INT)");
        assertThat(statement.startsWith("CREATE", "TABLE")).isTrue();
        assertThat(statement.startsWith("CREATE", "VIEW")).isFalse();
        assertThat(statement("CREATE").startsWith("CREATE", "TABLE")).isFalse();
    }

    private static Statement statement(String text) {
        return SqlFile.parse("p.sql", text).statements().get(0);
    }

    private static List<TableReference> references(String text) {
        return statement(text).references(CATALOGS);
    }
}
