package io.millrace.gateway.call;

import io.millrace.gateway.answer.Usage;
import io.millrace.gateway.provider.ModelSettings;
import io.millrace.gateway.provider.Provider;
import io.millrace.gateway.provider.Revisions;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** A model the gateway offers. */
record Model(String alias, Provider provider, Revisions revisions, Slots slots) {
    private static final int MILLION_DIGITS = 6;
    /** As the ledger's column has it. */
    private static final int COST_SCALE = 9;

    String upstream() {
        return settings().model();
    }

    /** What the tokens cost, or null when they are not known. */
    @Nullable
    BigDecimal cost(Usage usage) {
        Integer prompt = usage.promptTokens();
        Integer completion = usage.completionTokens();
        if (prompt == null || completion == null) {
            return null;
        }
        BigDecimal input = settings().inputPricePerMillion().multiply(BigDecimal.valueOf(prompt));
        BigDecimal output = settings().outputPricePerMillion().multiply(BigDecimal.valueOf(completion));
        return input.add(output).movePointLeft(MILLION_DIGITS).setScale(COST_SCALE, RoundingMode.HALF_UP);
    }

    private ModelSettings settings() {
        return provider.settings();
    }
}
