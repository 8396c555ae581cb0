package io.millrace.agent.job;

import io.millrace.agent.work.RowAgent;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Outcomes as the texts they are. It runs beside the agent and has its connections closed when the job leaves the machine. */
final class OutcomeTexts extends RichMapFunction<Object, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void open(OpenContext context) {
        getRuntimeContext().registerUserCodeClassLoaderReleaseHookIfAbsent("agents", RowAgent::release);
    }

    @Override
    public String map(Object outcome) {
        return String.valueOf(outcome);
    }
}
