package io.millrace.agent.work;

import org.apache.flink.agents.api.Event;

/** The next step of the row in the agent's sensory memory is due. */
public final class StepEvent extends Event {}
