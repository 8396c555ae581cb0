package io.millrace.app.agent;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.millrace.app.prompt.Prompt;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An agent: what wakes it, what it may read and call, what it fills in.
 *
 * @param key the trigger table's primary key column
 * @param input columns of the trigger row that prompts and tools see
 * @param model alias of the chat model
 * @param embeddings alias of the embedding model
 * @param lookups hot tables whose row with the trigger row's key is read before all else; as tools they have the tables' names
 * @param prompt how the model is asked which tools to call; null without tools
 * @param parallelism how many rows it works on at once
 * @param memory what it remembers between rows; null for nothing
 * @param check how a written column is checked; null for not at all
 * @param file path as the author knows it
 */
public record Agent(
        String name,
        Trigger trigger,
        String key,
        List<String> input,
        String model,
        String embeddings,
        List<Tool> tools,
        List<HotReference> lookups,
        @Nullable Prompt prompt,
        int parallelism,
        @Nullable Memory memory,
        Output output,
        @Nullable Check check,
        Limits limits,
        String file) {
    /** The input that holds the texts of {@code also:} rows. */
    public static final String ATTACHMENTS = "attachments";

    public Agent {
        input = List.copyOf(input);
        tools = List.copyOf(tools);
        lookups = List.copyOf(lookups);
    }

    /** Everything of a row that the agent reads, in order: the input columns, then what other tables' rows say. */
    public List<String> reads() {
        return trigger.also() == null
                ? input
                : Stream.concat(input.stream(), Stream.of(ATTACHMENTS)).toList();
    }

    /**
     * What wakes the agent.
     *
     * @param table lake table, {@code DATABASE.TABLE}, captured from a database
     * @param update an update counts only when one of these columns changed; empty for any
     * @param retract whether a deleted row's result is deleted too; else it stays
     * @param also another table whose rows count too; null for none
     */
    public record Trigger(
            String table,
            List<String> update,
            boolean retract,
            Backlog backlog,
            // Left out, so that the job of an agent without it stays the same.
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Also also) {
        public Trigger {
            update = List.copyOf(update);
        }

        public Trigger(String table, List<String> update, boolean retract, Backlog backlog) {
            this(table, update, retract, backlog, null);
        }
    }

    /**
     * Another table's rows that belong to a row. Their texts are one more input, {@link #ATTACHMENTS}; when it changes,
     * that is a new version of the row.
     *
     * @param table lake table, {@code DATABASE.TABLE}, with a primary key and a changelog
     * @param key its column that holds the agent's key
     * @param text its columns that are read
     */
    public record Also(String table, String key, List<String> text) {
        public Also {
            text = List.copyOf(text);
        }
    }

    /**
     * What becomes of the rows that were there before the agent.
     *
     * @param newest how many of them, the highest keys, are worked on at once
     * @param perMinute how many of the others are worked on each minute
     */
    public record Backlog(int newest, double perMinute) {}

    /**
     * Short-term memory.
     *
     * @param by column of the trigger row: rows with the same value share memory
     * @param keep how many rows back
     * @param remember columns of the result that are kept
     */
    public record Memory(String by, int keep, List<String> remember) {
        public Memory {
            remember = List.copyOf(remember);
        }
    }

    /**
     * The check of a written column: what it claims must come from the row or a tool, and the model must agree.
     *
     * @param prompt asks for a verdict: ok or revise
     * @param maxRounds how often the column is written anew at most
     * @param words of the language of facts, such as order states: a text may use one only when the row or a tool's
     *     answer holds it
     * @param otherwise what stands in the column when no draft passes
     */
    public record Check(String column, Prompt prompt, int maxRounds, List<String> words, String otherwise) {
        public Check {
            words = List.copyOf(words);
        }
    }

    /**
     * Limits of one row's work; beyond them the row goes to {@code ai.dead_letters}.
     *
     * @param steps calls of models and tools
     * @param toolRounds how often the model may ask for tools
     */
    public record Limits(int steps, int seconds, int tokens, int toolRounds, int inputCharacters) {}
}
