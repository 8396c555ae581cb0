package io.millrace.agent.runtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.agents.api.logger.EventLoggerFactory;
import org.apache.flink.agents.plan.AgentPlan;
import org.apache.flink.agents.runtime.operator.ActionExecutionOperator;
import org.apache.flink.agents.runtime.operator.ActionExecutionOperatorFactory;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.OperatorStateBackend;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an agent plan so that it can be restored with keys in flight at any parallelism.
 *
 * <p>Flink Agents 0.2.0 keeps the keys in flight in a union list: after a restore each subtask gets the keys of all
 * subtasks and fails on the first that is not its own (apache/flink-agents pull request 581). Here each subtask keeps only
 * its own before the operator opens; docs/decisions/009 shows the failure without it.
 */
public final class RestorableAgents {
    private RestorableAgents() {}

    /** The agent's outputs, one stream. */
    public static <T, K> SingleOutputStreamOperator<Object> run(KeyedStream<T, K> input, AgentPlan plan) {
        return input.transform("agent", TypeInformation.of(Object.class), new Factory<>(plan));
    }

    private static final class Factory<T> extends ActionExecutionOperatorFactory<T, Object> {
        private static final long serialVersionUID = 1L;

        private final AgentPlan plan;

        Factory(AgentPlan plan) {
            super(plan, true);
            this.plan = plan;
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        public <S extends StreamOperator<Object>> S createStreamOperator(StreamOperatorParameters<Object> parameters) {
            // The built-in log writes every event with its content to the local disk and cannot be switched off.
            EventLoggerFactory.registerFactory("file", config -> new SilentEventLogger());
            Operator<T> operator =
                    new Operator<>(plan, parameters.getProcessingTimeService(), parameters.getMailboxExecutor());
            operator.setup(parameters.getContainingTask(), parameters.getStreamConfig(), parameters.getOutput());
            return (S) operator;
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
            return Operator.class;
        }
    }

    private static final class Operator<T> extends ActionExecutionOperator<T, Object> {
        private static final long serialVersionUID = 1L;

        /** Name and recovery marker as in ActionExecutionOperator of 0.2.0. */
        private static final String KEYS = "currentProcessingKeys";

        private static final String MARKER = "recoveryMarker";

        private static final Logger log = LoggerFactory.getLogger(RestorableAgents.class);

        Operator(AgentPlan plan, ProcessingTimeService time, MailboxExecutor mailbox) {
            super(plan, true, time, mailbox, null);
        }

        @Override
        public void open() throws Exception {
            OperatorStateBackend states = getOperatorStateBackend();
            keepOwnKeys(states);
            Set<String> known = new HashSet<>(states.getRegisteredStateNames());
            known.add(MARKER);
            super.open();
            if (!known.containsAll(states.getRegisteredStateNames())) {
                throw new IllegalStateException("Flink Agents has other operator states than 0.2.0: "
                        + states.getRegisteredStateNames() + "; look at RestorableAgents again");
            }
        }

        /** The operator registers the same name when it opens and gets this very list. */
        private void keepOwnKeys(OperatorStateBackend states) throws Exception {
            ListState<Object> inFlight =
                    states.getUnionListState(new ListStateDescriptor<>(KEYS, TypeInformation.of(Object.class)));
            TaskInfo task = getRuntimeContext().getTaskInfo();
            int groups = task.getMaxNumberOfParallelSubtasks();
            KeyGroupRange mine = KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
                    groups, task.getNumberOfParallelSubtasks(), task.getIndexOfThisSubtask());
            Set<Object> own = new LinkedHashSet<>();
            List<Object> all = new ArrayList<>();
            for (Object key : inFlight.get()) {
                all.add(key);
                if (mine.contains(KeyGroupRangeAssignment.assignToKeyGroup(key, groups))) {
                    own.add(key);
                }
            }
            inFlight.update(new ArrayList<>(own));
            if (!all.isEmpty()) {
                log.info(
                        "subtask {} goes on with {} of {} keys in flight",
                        task.getIndexOfThisSubtask(),
                        own.size(),
                        all.size());
            }
        }
    }
}
