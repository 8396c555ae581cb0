package io.millrace.models.chat;

import java.util.Map;
import java.util.OptionalInt;

/**
 * How the next token is drawn.
 *
 * @param temperature 0 for always the likeliest
 * @param bias what is added to the scores of tokens, by their number
 */
public record Sampling(double temperature, double topP, OptionalInt seed, Map<Integer, Float> bias) {
    public Sampling {
        bias = Map.copyOf(bias);
    }
}
