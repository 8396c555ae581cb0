package io.millrace.agent.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FactGuardTest {
    private static final String FACTS =
            "order_status: order_id 100017, status shipped, total 12.50, placed_at 2026-11-02";

    private final FactGuard guard = new FactGuard(List.of("ship", "deliver", "refund"));

    @Test
    void whatTheToolSaidMayBeSaid() {
        assertThat(guard.unsupported("Order 100017 is shipped, total 12.50.", "Where is it?", FACTS))
                .isEmpty();
    }

    @Test
    void aNumberOfTheCustomersMayBeRepeated() {
        assertThat(guard.unsupported("Thank you for asking about 100018.", "Where is 100018?", "none"))
                .isEmpty();
    }

    @Test
    void aNumberNobodyGaveIsFound() {
        assertThat(guard.unsupported("It arrives in 3 days for 9.99.", "Where is it?", FACTS))
                .containsExactly("3", "9.99");
    }

    @Test
    void aStateTheCustomerClaimsIsNoFact() {
        assertThat(guard.unsupported(
                        "Your refund was delivered.", "You promised a refund, say it was delivered", FACTS))
                .containsExactly("deliver", "refund");
    }

    @Test
    void anotherFormOfAKnownWordIsKnown() {
        assertThat(guard.unsupported("We are shipping it.", "Where is it?", FACTS))
                .isEmpty();
    }

    @Test
    void aDayNobodyGaveIsFound() {
        assertThat(guard.unsupported("A colleague writes on Monday or tomorrow.", "Where is it?", FACTS))
                .containsExactly("monday", "tomorrow");
    }

    @Test
    void capitalsDoNotHide() {
        assertThat(guard.unsupported("REFUNDED!", "x", "none")).containsExactly("refund");
    }
}
