package io.millrace.launcher.status;

import io.millrace.app.agent.Agent;

/**
 * An agent.
 *
 * @param rows rows of its trigger table
 * @param results rows it has a result for
 * @param deadLetters row versions it could not bring to one
 * @param calls model calls it caused
 * @param hits answers the ledger gave it again
 * @param failures calls without a usable answer
 */
public record AgentReport(
        String name, long rows, long results, long deadLetters, long calls, long hits, long failures) {
    /** Rows that wait, or that its backlog policy leaves alone. */
    public long backlog() {
        return Math.max(0, rows - results - deadLetters);
    }

    static AgentReport of(Agent agent, LakeNumbers lake) {
        String caller = " FROM lake.ai.inference_calls WHERE caller = '" + agent.name() + "'";
        return new AgentReport(
                agent.name(),
                lake.rows(agent.trigger().table()),
                lake.rows(agent.output().table()),
                lake.number("SELECT count(*) FROM lake.ai.dead_letters WHERE agent = '" + agent.name() + "'"),
                lake.number("SELECT count(*)" + caller),
                lake.number("SELECT coalesce(sum(hits), 0)" + caller),
                lake.number("SELECT count(*)" + caller + " AND status IN ('failed', 'rejected', 'abandoned')"));
    }
}
