package io.millrace.app.agent;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.millrace.app.prompt.Prompt;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where a column's value comes from. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "by")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Fill.Asked.class, name = "asked"),
    @JsonSubTypes.Type(value = Fill.Nearest.class, name = "nearest"),
    @JsonSubTypes.Type(value = Fill.FromInput.class, name = "input"),
    @JsonSubTypes.Type(value = Fill.FromTool.class, name = "tool"),
    @JsonSubTypes.Type(value = Fill.Ruled.class, name = "rules")
})
public sealed interface Fill {
    /** The chat model answers the prompt. */
    record Asked(Prompt prompt) implements Fill {}

    /** The label of the examples whose meaning is nearest to the input, by the embedding model. */
    record Nearest(String file, List<Example> examples) implements Fill {
        public Nearest {
            examples = List.copyOf(examples);
        }
    }

    /** A labelled text. */
    record Example(String text, String label) {}

    /** A number the input holds: the one a tool was called with and knew, else the only one that looks like it. */
    record FromInput(String pattern) implements Fill {}

    /** A column of a tool's first row. */
    record FromTool(String tool, String column) implements Fill {}

    /** The first rule that fits columns filled before. */
    record Ruled(List<Rule> rules) implements Fill {
        public Ruled {
            rules = List.copyOf(rules);
        }
    }

    /**
     * @param when column to allowed values, all must fit; empty always fits. The value {@code null} stands for NULL
     * @param then the value
     */
    record Rule(Map<String, List<String>> when, String then) {
        public Rule {
            when = Collections.unmodifiableMap(new TreeMap<>(when));
        }
    }
}
