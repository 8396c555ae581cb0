package io.millrace.agent.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.agent.model.CallFailed;
import io.millrace.agent.model.Gateway;
import io.millrace.agent.model.ModelAnswer;
import io.millrace.agent.tool.LookupRunner;
import io.millrace.agent.tool.ToolRunner;
import io.millrace.app.agent.Agent;
import io.millrace.app.agent.AgentJobSpec;
import io.millrace.app.agent.Fill;
import io.millrace.app.agent.OutputColumn;
import io.millrace.app.agent.Tool;
import io.millrace.app.prompt.Prompt;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does a row's work one step at a time; a step makes at most one call of a model besides the tools it asks for. */
final class Worker {
    private static final Logger log = LoggerFactory.getLogger(Worker.class);
    private static final Map<String, Worker> WORKERS = new ConcurrentHashMap<>();

    /** Characters of a wrong answer that a reason holds. */
    private static final int SHOWN = 300;

    private final Agent agent;
    private final Gateway gateway;
    private final ToolDialogue tools;
    private final LookupRunner lookupRunner;
    private final Lookups lookups;
    private final Duration limit;
    private final Map<String, List<float[]>> examples = new ConcurrentHashMap<>();

    private Worker(AgentJobSpec spec) {
        this.agent = spec.agent();
        this.gateway = new Gateway(spec.gateway(), System.getenv(spec.gatewayKeyVariable()), agent.name());
        this.limit = Duration.ofSeconds(agent.limits().seconds());
        ToolRunner runner = new ToolRunner(
                spec.sqlUrl(), spec.sqlUser(), System.getenv(spec.sqlPasswordVariable()), spec.rowTypes());
        this.tools = new ToolDialogue(agent.tools(), runner, limit);
        this.lookupRunner = new LookupRunner(Objects.requireNonNullElse(spec.hotStore(), ""), spec.lookupKeys());
        this.lookups = new Lookups(agent.lookups(), lookupRunner, limit);
    }

    /** The worker of a job's spec; one in the job's class loader. */
    static Worker of(String spec) {
        return WORKERS.computeIfAbsent(spec, json -> {
            try {
                return new Worker(Work.JSON.readValue(json, AgentJobSpec.class));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("the agent's spec cannot be read: " + e.getOriginalMessage(), e);
            }
        });
    }

    /** Closes what the workers have opened; nothing may be at work any more. */
    static void release() {
        WORKERS.values().forEach(worker -> {
            try {
                worker.lookupRunner.close();
            } catch (Exception e) {
                log.warn("the connection to the hot store did not close", e);
            }
        });
        WORKERS.clear();
    }

    Agent agent() {
        return agent;
    }

    /**
     * Does the next step.
     *
     * @return whether the work is done
     * @throws CallFailed when the row cannot be brought to a result
     */
    boolean step(Work work) throws CallFailed, InterruptedException {
        long start = System.nanoTime();
        try {
            checkLimits(work);
            if (work.steps.isEmpty()) {
                lookups.into(work);
            }
            if (work.stage == 0 && agent.prompt() != null && mayAskForTools(work)) {
                toolStage(work, agent.prompt());
            } else {
                // Nothing was called yet: a step of its own would only cost state and a checkpointed event.
                if (work.stage == 0) {
                    work.advance();
                }
                columnStage(work, agent.output().columns().get(work.stage - 1));
            }
        } finally {
            work.millis += (System.nanoTime() - start) / 1_000_000;
        }
        return work.stage > agent.output().columns().size();
    }

    private void checkLimits(Work work) throws CallFailed {
        Agent.Limits limits = agent.limits();
        if (work.steps.isEmpty() && input(work).isBlank()) {
            throw new CallFailed("nothing to read: " + String.join(", ", agent.reads()) + " are empty");
        }
        if (work.steps.size() >= limits.steps()) {
            throw new CallFailed("more than " + limits.steps() + " steps: raise limits.steps if they are needed");
        }
        if (work.tokensUsed() >= limits.tokens()) {
            throw new CallFailed("more than " + limits.tokens() + " tokens: raise limits.tokens if they are needed");
        }
        if (work.millis >= limits.seconds() * 1000L) {
            throw new CallFailed("more than " + limits.seconds() + " s: raise limits.seconds if they are needed");
        }
    }

    private boolean mayAskForTools(Work work) {
        return !agent.tools().isEmpty() && work.round < agent.limits().toolRounds();
    }

    private void toolStage(Work work, Prompt prompt) throws CallFailed, InterruptedException {
        if (work.messages.isEmpty()) {
            fill(work, prompt)
                    .forEach(message -> work.messages.add(Map.of("role", message.role(), "content", message.text())));
        }
        String input = input(work);
        List<Tool> offered = agent.tools().stream()
                .filter(tool -> tool.open().stream()
                        .allMatch(argument -> argument.like() == null
                                || !Matches.of(argument.like(), input).isEmpty()))
                .toList();
        if (offered.isEmpty()) {
            work.advance();
            return;
        }
        JsonNode request = Requests.tools(agent.model(), work.messages, offered, input);
        ModelAnswer answer = chat(work, "tools", prompt, request);
        if (tools.answer(work, answer.message(), input)) {
            work.round++;
        } else {
            work.advance();
        }
    }

    private void columnStage(Work work, OutputColumn column) throws CallFailed, InterruptedException {
        Agent.Check check = agent.check();
        boolean checked = check != null && check.column().equals(column.name());
        if (checked && work.written) {
            check(work, check);
            return;
        }
        work.values.put(column.name(), OutputValues.checked(column, value(work, column)));
        if (checked) {
            work.written = true;
        } else {
            work.advance();
        }
    }

    private @Nullable String value(Work work, OutputColumn column) throws CallFailed, InterruptedException {
        if (column.fill() instanceof Fill.Asked asked) {
            JsonNode request = Requests.column(agent.model(), fill(work, asked.prompt()), column);
            ModelAnswer answer = chat(work, column.name(), asked.prompt(), request);
            return Requests.isFreeText(column)
                    ? OutputValues.wholeSentences(answer)
                    : OutputValues.property(answer, column.name());
        }
        if (column.fill() instanceof Fill.Nearest nearest) {
            return nearest(work, column, nearest);
        }
        if (column.fill() instanceof Fill.FromTool from) {
            String value = work.toolRows.getOrDefault(from.tool(), Map.of()).get(from.column());
            work.steps.add(Step.of(column.name(), "tool", String.valueOf(value)));
            return value;
        }
        if (column.fill() instanceof Fill.FromInput from) {
            String value = fromInput(work, column, from);
            work.steps.add(Step.of(column.name(), "input", String.valueOf(value)));
            return value;
        }
        if (column.fill() instanceof Fill.Ruled ruled) {
            String value = ruled.rules().stream()
                    .filter(rule -> fits(work, rule))
                    .map(Fill.Rule::then)
                    .findFirst()
                    .orElse(null);
            work.steps.add(Step.of(column.name(), "rule", String.valueOf(value)));
            return value;
        }
        throw new IllegalStateException("column " + column.name() + " has an unknown source");
    }

    private String nearest(Work work, OutputColumn column, Fill.Nearest nearest)
            throws CallFailed, InterruptedException {
        List<float[]> known = examples.get(nearest.file());
        if (known == null) {
            List<String> texts =
                    nearest.examples().stream().map(Fill.Example::text).toList();
            JsonNode request = Requests.embeddings(agent.embeddings(), texts);
            known = vectors(gateway.call("/embeddings", request, nearest.file(), "examples", 0, limit), texts.size());
            examples.put(nearest.file(), known);
        }
        String label = Vectors.nearest(meaning(work, column.name(), nearest.file()), nearest.examples(), known);
        work.steps.add(work.steps.remove(work.steps.size() - 1).withAnswer(label));
        return label;
    }

    /** Embedding of what the agent reads of the row. */
    float[] meaning(Work work, String step, String prompt) throws CallFailed, InterruptedException {
        JsonNode request = Requests.embeddings(agent.embeddings(), List.of(input(work)));
        ModelAnswer answer = call(work, step, "embeddings", prompt, "/embeddings", request);
        return vectors(answer, 1).get(0);
    }

    private static List<float[]> vectors(ModelAnswer answer, int texts) throws CallFailed {
        List<float[]> vectors = Vectors.of(answer.body());
        if (vectors.size() != texts) {
            throw new CallFailed("call " + answer.call() + " answered with " + vectors.size() + " vectors for " + texts
                    + " texts: " + shown(answer));
        }
        return vectors;
    }

    /** The number a tool knew, else the first in the text that looks like it. */
    private @Nullable String fromInput(Work work, OutputColumn column, Fill.FromInput from) {
        String known = work.knownArguments.get(column.name());
        if (known != null) {
            return known;
        }
        return Matches.of(from.pattern(), input(work)).stream().findFirst().orElse(null);
    }

    private static boolean fits(Work work, Fill.Rule rule) {
        return rule.when().entrySet().stream()
                .allMatch(condition -> condition.getValue().contains(String.valueOf(work.value(condition.getKey()))));
    }

    private void check(Work work, Agent.Check check) throws CallFailed, InterruptedException {
        String text = String.valueOf(work.values.get(check.column()));
        List<String> unsupported =
                new FactGuard(check.words()).unsupported(text, input(work), String.join("\n", work.facts));
        if (!unsupported.isEmpty()) {
            work.problem = "it claims what nothing supports: " + String.join(", ", unsupported);
            work.steps.add(Step.of("check", "guard", work.problem));
        } else {
            JsonNode request = Requests.verdict(agent.model(), fill(work, check.prompt()));
            if (OutputValues.property(chat(work, "check", check.prompt(), request), "verdict")
                    .equals("ok")) {
                work.advance();
                return;
            }
            work.problem = "it does not answer the message";
        }
        if (work.round < check.maxRounds()) {
            work.round++;
            work.written = false;
            return;
        }
        String otherwise = fill(work, new Prompt("otherwise", List.of(new Prompt.Message("user", check.otherwise()))))
                .get(0)
                .text();
        work.steps.add(Step.of(check.column(), "rule", "no draft passed: " + otherwise));
        work.values.put(check.column(), otherwise);
        work.advance();
    }

    private ModelAnswer chat(Work work, String step, Prompt prompt, JsonNode request)
            throws CallFailed, InterruptedException {
        ModelAnswer answer = call(work, step, "model", prompt.name(), "/chat/completions", request);
        if (!answer.message().isObject()) {
            throw new CallFailed("call " + answer.call() + " answered without a message: " + shown(answer));
        }
        return answer;
    }

    private ModelAnswer call(Work work, String step, String by, String prompt, String path, JsonNode request)
            throws CallFailed, InterruptedException {
        long start = System.nanoTime();
        ModelAnswer answer = gateway.call(path, request, prompt, work.event.key, work.event.version, limit);
        long millis = (System.nanoTime() - start) / 1_000_000;
        work.steps.add(
                new Step(step, by, prompt, answer.call(), answer.hit(), answer.content(), answer.tokens(), millis));
        return answer;
    }

    private static String shown(ModelAnswer answer) {
        String body = answer.body().toString();
        return body.length() <= SHOWN ? body : body.substring(0, SHOWN) + "…";
    }

    private List<Prompt.Message> fill(Work work, Prompt prompt) {
        Map<String, String> known = new HashMap<>();
        known.put("memory", work.memory.isEmpty() ? "none" : String.join("\n", work.memory));
        known.put("facts", work.facts.isEmpty() ? "none" : String.join("\n", work.facts));
        known.put("problem", work.problem);
        return prompt.fill(name -> {
            String text = known.containsKey(name) ? known.get(name) : work.value(name);
            return text == null ? "" : shortened(text);
        });
    }

    /** What the agent reads of the row. */
    private String input(Work work) {
        StringBuilder text = new StringBuilder();
        for (String column : agent.reads()) {
            String value = work.event.row.get(column);
            if (value != null && !value.isBlank()) {
                text.append(text.isEmpty() ? "" : "\n").append(shortened(value));
            }
        }
        return text.toString();
    }

    private String shortened(String text) {
        int most = agent.limits().inputCharacters();
        return text.length() <= most ? text : text.substring(0, most);
    }
}
