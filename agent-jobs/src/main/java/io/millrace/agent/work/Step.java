package io.millrace.agent.work;

import org.jspecify.annotations.Nullable;

/**
 * One thing that was done for a row; kept with the result.
 *
 * @param step the column it is for, the tool, or what else
 * @param by model, embeddings, tool, rule, input, guard
 * @param prompt the prompt file, or null
 * @param call id in the ledger, or null
 * @param hit whether the ledger had the answer
 * @param answer what came of it, shortened
 */
public record Step(
        String step,
        String by,
        @Nullable String prompt,
        @Nullable String call,
        boolean hit,
        String answer,
        int tokens,
        long millis) {
    private static final int SHOWN = 600;

    public Step {
        answer = answer.length() <= SHOWN ? answer : answer.substring(0, SHOWN) + "…";
    }

    /** A step that called no model. */
    static Step of(String step, String by, String answer) {
        return new Step(step, by, null, null, false, answer, 0, 0);
    }

    Step withAnswer(String other) {
        return new Step(step, by, prompt, call, hit, other, tokens, millis);
    }
}
