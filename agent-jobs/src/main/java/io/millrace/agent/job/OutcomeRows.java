package io.millrace.agent.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.agent.work.Outcome;
import io.millrace.agent.work.OutputValues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** From the agent's outcomes to rows of tables. */
final class OutcomeRows {
    private static final ObjectMapper JSON = new ObjectMapper();

    private OutcomeRows() {}

    private static Outcome.Kind kind(JsonNode outcome) {
        return Outcome.Kind.valueOf(outcome.path("kind").asText());
    }

    /** Results; for the current ones also deletions. */
    static final class Results implements FlatMapFunction<String, Row> {
        private static final long serialVersionUID = 1L;

        private final ArrayList<Field> fields;
        private final boolean current;

        Results(List<Field> fields, boolean current) {
            this.fields = new ArrayList<>(fields);
            this.current = current;
        }

        @Override
        public void flatMap(String text, Collector<Row> out) throws Exception {
            JsonNode outcome = JSON.readTree(text);
            if (kind(outcome) == Outcome.Kind.RESULT) {
                Row row = new Row(current ? RowKind.UPDATE_AFTER : RowKind.INSERT, fields.size());
                for (int i = 0; i < fields.size(); i++) {
                    row.setField(i, value(outcome, i, fields.get(i)));
                }
                out.collect(row);
            } else if (kind(outcome) == Outcome.Kind.DELETED && current) {
                Row deletion = new Row(RowKind.DELETE, fields.size());
                deletion.setField(0, value(outcome, 0, fields.get(0)));
                out.collect(deletion);
            }
        }

        private static @Nullable Object value(JsonNode outcome, int position, Field field) {
            if (field.name().equals("_finished_at")) {
                return Instant.ofEpochMilli(System.currentTimeMillis());
            }
            JsonNode value =
                    switch (field.name()) {
                        case "_input_version" -> outcome.path("version");
                        default ->
                            position == 0
                                    ? outcome.path("key")
                                    : field.name().startsWith("_")
                                            ? outcome.path(field.name())
                                            : outcome.path("values").path(field.name());
                    };
            return value.isMissingNode() || value.isNull() ? null : OutputValues.typed(field.type(), value.asText());
        }
    }

    /** What came to no result. */
    static final class DeadLetters implements FlatMapFunction<String, Row> {
        private static final long serialVersionUID = 1L;

        private final String agent;

        DeadLetters(String agent) {
            this.agent = agent;
        }

        @Override
        public void flatMap(String text, Collector<Row> out) throws Exception {
            JsonNode outcome = JSON.readTree(text);
            if (kind(outcome) == Outcome.Kind.DEAD) {
                out.collect(Row.of(
                        agent,
                        outcome.path("key").asText(),
                        outcome.path("version").asLong(),
                        outcome.path("reason").asText(),
                        outcome.path("_steps").asText(),
                        Instant.ofEpochMilli(System.currentTimeMillis())));
            }
        }
    }
}
