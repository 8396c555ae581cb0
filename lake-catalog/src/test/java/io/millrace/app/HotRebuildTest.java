package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class HotRebuildTest {
    private final App shop = App.load(AppFolder.shop());

    @Test
    void tableBeginsAnewWithWhatFillsAndReadsIt() {
        HotRebuild rebuild = HotRebuild.of(shop, "shop.customer_activity");
        assertThat(rebuild.tables()).containsExactlyInAnyOrder("shop.customer_activity", "shop.page_views_hot");
        assertThat(rebuild.jobs()).containsExactlyInAnyOrder("customer_views", "customer_orders", "views_in_context");
        assertThat(rebuild.agents()).isEmpty();
    }

    @Test
    void tableOfAnAgentsResultsGetsThemFromTheLake() {
        HotRebuild rebuild = HotRebuild.of(shop, "shop.ticket_triage_hot");
        assertThat(rebuild.agents()).containsExactly("ticket_triage");
        assertThat(rebuild.jobs()).isEmpty();
    }

    @Test
    void pipelineThatBeginsAnewTakesItsHotTablesAlong() {
        HotRebuild rebuild = HotRebuild.with(shop, Set.of("customer_orders"));
        assertThat(rebuild).isEqualTo(HotRebuild.of(shop, "shop.customer_activity"));
    }

    @Test
    void agentThatBeginsAnewDoesNotGetItsOldResultsBack() {
        HotRebuild rebuild = HotRebuild.with(shop, Set.of("ticket_triage"));
        assertThat(rebuild.tables()).containsExactly("shop.ticket_triage_hot");
        assertThat(rebuild.agents()).isEmpty();
    }

    @Test
    void jobThatWritesOnlyTheLakeTouchesNoHotTable() {
        assertThat(HotRebuild.with(shop, Set.of("cdc", "revenue_by_day")).tables())
                .isEmpty();
    }
}
