package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.app.table.Column;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class HotFillTest {
    private final List<HotFill> fills = HotFill.of(App.load(shop()));

    @Test
    void topicsAndCapturedTablesAreReadWhereTheyAreInTheLake() {
        HotFill views = fill("customer_views", "customer_activity");
        assertThat(views.columns())
                .extracting(Column::name)
                .containsExactly("customer_id", "page_views", "last_view_at");
        assertThat(views.query().replaceAll("\\s+", " "))
                .isEqualTo("SELECT customer_id, count(*), max(viewed_at) FROM lake.shop.page_views"
                        + " WHERE customer_id IS NOT NULL GROUP BY customer_id");
    }

    @Test
    void insertWithoutColumnsFillsThemAll() {
        HotFill log = fill("customer_views", "page_views_hot");
        assertThat(log.columns()).hasSize(7);
        assertThat(log.query()).isEqualTo("SELECT * FROM lake.shop.page_views");
    }

    @Test
    void resultsOfAnAgentAreThoseInTheLake() {
        HotFill results = fill("ticket_triage", "ticket_triage_hot");
        assertThat(results.query()).startsWith("SELECT `ticket_id`, ").endsWith(" FROM lake.shop.ticket_triage");
    }

    private HotFill fill(String pipeline, String table) {
        return fills.stream()
                .filter(fill ->
                        fill.pipeline().equals(pipeline) && fill.table().name().equals(table))
                .findFirst()
                .orElseThrow();
    }

    private static Path shop() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("apps/shop/app.yaml"))) {
            folder = folder.getParent();
        }
        return folder.resolve("apps/shop");
    }
}
