package io.millrace.agent.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.agent.trigger.TriggerEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How far a row's work has come; kept as JSON between steps, so that a restart goes on from there. */
final class Work {
    static final ObjectMapper JSON = new ObjectMapper();

    public TriggerEvent event = new TriggerEvent();
    /** 0 for the tools, then one for each column. */
    public int stage;
    /** Times the current stage was repeated. */
    public int round;
    /** Whether the column of this stage is written and waits for its check. */
    public boolean written;
    /** What the last check found wrong. */
    public String problem = "";
    /** Columns filled so far. */
    public Map<String, @Nullable String> values = new LinkedHashMap<>();
    /** What tools told, as text. */
    public List<String> facts = new ArrayList<>();
    /** The first row each tool gave. */
    public Map<String, Map<String, @Nullable String>> toolRows = new LinkedHashMap<>();
    /** Arguments of the calls that gave a row. */
    public Map<String, String> knownArguments = new LinkedHashMap<>();
    /** The dialogue about tools, as the gateway takes it. */
    public List<Map<String, Object>> messages = new ArrayList<>();
    /** What the memory held when the work began. */
    public List<String> memory = new ArrayList<>();

    public List<Step> steps = new ArrayList<>();
    public long millis;

    static Work read(String json) throws JsonProcessingException {
        return JSON.readValue(json, Work.class);
    }

    String json() throws JsonProcessingException {
        return JSON.writeValueAsString(this);
    }

    int tokensUsed() {
        return steps.stream().mapToInt(Step::tokens).sum();
    }

    /** A tool's row as prompts and steps show it. */
    static String text(Map<String, @Nullable String> row) {
        return row.entrySet().stream()
                .map(column -> column.getKey() + " " + column.getValue())
                .collect(Collectors.joining(", "));
    }

    /** A filled column, else the row's own. */
    @Nullable
    String value(String name) {
        return values.containsKey(name) ? values.get(name) : event.row.get(name);
    }

    /** The stage is done. */
    void advance() {
        stage++;
        round = 0;
        written = false;
        problem = "";
    }
}
