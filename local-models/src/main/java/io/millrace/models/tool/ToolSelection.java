package io.millrace.models.tool;

import io.millrace.models.api.ApiError;
import io.millrace.models.api.ApiException;
import io.millrace.models.embedding.EmbeddingModel;
import io.millrace.models.schema.InputNumbers;
import io.millrace.models.schema.SchemaReader;
import io.millrace.service.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses tools by what they mean: a chat model this small cannot. The tool whose name and description are most similar
 * to the message is called; one that needs a number the message does not hold is passed over.
 */
public final class ToolSelection {
    private static final int REMEMBERED = 256;

    private final EmbeddingModel embeddings;
    private final double threshold;
    private final Map<String, float[]> meanings = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param threshold the least similarity at which a tool is called though none has to be */
    public ToolSelection(EmbeddingModel embeddings, double threshold) {
        this.embeddings = embeddings;
        this.threshold = threshold;
    }

    /**
     * The call the message asks for, or empty for none.
     *
     * @throws ApiException when one has to be called and none can
     */
    public Optional<PlannedCall> select(List<Tool> tools, ToolChoice choice, String message) {
        InputNumbers numbers = InputNumbers.of(message);
        return switch (choice.mode()) {
            case NONE -> Optional.empty();
            case NAMED -> Optional.of(named(tools, choice.name(), numbers));
            case AUTO -> best(tools, message, numbers, threshold);
            case REQUIRED ->
                Optional.of(best(tools, message, numbers, -1)
                        .orElseThrow(() -> new ApiException(
                                ApiError.NO_NUMBER_IN_INPUT,
                                "every tool requires a number and the last user message holds none that fits: "
                                        + "give the number or let tool_choice be auto")));
        };
    }

    private static PlannedCall named(List<Tool> tools, String name, InputNumbers numbers) {
        Tool tool = tools.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ApiException.invalid("tool_choice names '" + name + "', which is not in tools"
                        + Nearest.hint(name, tools.stream().map(Tool::name).toList())));
        return SchemaReader.readParameters(tool.parameters(), numbers)
                .map(arguments -> new PlannedCall(tool, arguments))
                .orElseThrow(() -> new ApiException(
                        ApiError.NO_NUMBER_IN_INPUT,
                        "the tool '" + name + "' requires a number and the last user message holds none that fits: "
                                + "give the number or let tool_choice be auto"));
    }

    private Optional<PlannedCall> best(List<Tool> tools, String message, InputNumbers numbers, double least) {
        List<PlannedCall> possible = new ArrayList<>();
        for (Tool tool : tools) {
            SchemaReader.readParameters(tool.parameters(), numbers)
                    .ifPresent(arguments -> possible.add(new PlannedCall(tool, arguments)));
        }
        if (possible.isEmpty()) {
            return Optional.empty();
        }
        float[] asked = embeddings.embed(List.of(message)).vectors().get(0);
        PlannedCall best = possible.get(0);
        double highest = Double.NEGATIVE_INFINITY;
        for (PlannedCall call : possible) {
            double similarity =
                    EmbeddingModel.similarity(asked, meaning(call.tool().meaning()));
            if (similarity > highest) {
                highest = similarity;
                best = call;
            }
        }
        return highest >= least ? Optional.of(best) : Optional.empty();
    }

    private synchronized float[] meaning(String text) {
        return meanings.computeIfAbsent(
                text, absent -> embeddings.embed(List.of(absent)).vectors().get(0));
    }
}
