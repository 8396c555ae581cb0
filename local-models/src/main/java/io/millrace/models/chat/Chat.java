package io.millrace.models.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.models.api.ApiError;
import io.millrace.models.api.ApiException;
import io.millrace.models.schema.Filling;
import io.millrace.models.schema.InputNumbers;
import io.millrace.models.schema.Schema;
import io.millrace.models.schema.SchemaReader;
import io.millrace.models.tool.PlannedCall;
import io.millrace.models.tool.ToolChoice;
import io.millrace.models.tool.ToolSelection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Answers conversations: with a tool call, with JSON of a schema, or with text. One at a time. */
public final class Chat implements AutoCloseable {
    public static final String ID = "smollm2-135m-instruct";

    private final ChatModel model;
    private final ToolSelection tools;
    private final int contextTokens;
    private final int answerTokens;
    private volatile boolean closing;

    private Chat(ChatModel model, ToolSelection tools, int contextTokens, int answerTokens) {
        this.answerTokens = answerTokens;
        this.model = model;
        this.tools = tools;
        this.contextTokens = contextTokens;
    }

    /**
     * Loads the model from a GGUF file.
     *
     * @param answerTokens of an answer whose request sets no limit
     */
    public static Chat load(Path file, int threads, int contextTokens, int answerTokens, ToolSelection tools)
            throws IOException {
        return new Chat(ChatModel.load(file, threads, contextTokens), tools, contextTokens, answerTokens);
    }

    /**
     * Answers.
     *
     * @param reader takes each piece of text as it comes, none of a tool call; false ends the answer
     * @throws ApiException when the request cannot be answered
     */
    Answer answer(ChatRequest request, PieceReader reader) {
        PieceReader listening = piece -> !closing && reader.read(piece);
        refuseWhenClosing();
        Optional<PlannedCall> call = call(request);
        Answer answer;
        if (call.isPresent()) {
            answer = call(request, call.get());
        } else if (request.schema().isPresent()) {
            answer = json(request, request.schema().get(), listening);
        } else if (request.endsWithResult()) {
            answer = quote(request, listening);
        } else {
            answer = text(request, listening);
        }
        refuseWhenClosing();
        return answer;
    }

    private void refuseWhenClosing() {
        if (closing) {
            throw new ApiException(ApiError.NOT_READY, "local-models is ending: try again when it has started");
        }
    }

    /** Ends the answer under way with an error, and those that come. */
    public void interrupt() {
        closing = true;
    }

    /** Frees the model; nothing may be under way. */
    @Override
    public void close() {
        model.close();
    }

    private Optional<PlannedCall> call(ChatRequest request) {
        boolean answered = request.endsWithResult() && request.choice().mode() == ToolChoice.Mode.AUTO;
        return request.tools().isEmpty() || answered
                ? Optional.empty()
                : tools.select(request.tools(), request.choice(), request.lastUserText());
    }

    private Answer call(ChatRequest request, PlannedCall call) {
        String name = call.tool().name();
        Prompt prompt = ChatTemplate.turns(
                request.messages(),
                "Extract the arguments of the function " + name + " ("
                        + call.tool().description() + ") from the user's message as JSON.");
        Answer filled = fill(request, prompt, call.arguments());
        return filled.finish() == Answer.Finish.LENGTH
                ? filled
                : new Answer(
                        "",
                        Optional.of(new Message.ToolCall(name, filled.text())),
                        Answer.Finish.TOOL_CALLS,
                        filled.usage());
    }

    private Answer json(ChatRequest request, JsonNode schema, PieceReader listening) {
        Prompt prompt = request.hasExamples()
                ? ChatTemplate.examples(request.messages())
                : ChatTemplate.turns(request.messages(), "");
        Schema read = SchemaReader.read(schema, InputNumbers.of(request.lastUserText()));
        Answer filled = fill(request, prompt, read);
        listening.read(filled.text());
        return filled;
    }

    private Answer fill(ChatRequest request, Prompt prompt, Schema schema) {
        int promptTokens = promptTokens(prompt);
        int room = room(request, promptTokens);
        model.open(prompt.opening());
        Filling.Result result = Filling.fill(schema, (written, grammar) -> {
            int left = room - (written.isEmpty() ? 0 : model.tokens(written));
            if (left <= 0) {
                return new Filling.Piece("", false);
            }
            ChatModel.Generated piece = model.generate(
                    prompt.text() + written, request.sampling(), left, Optional.of(grammar), text -> !closing);
            return new Filling.Piece(piece.text(), piece.ended());
        });
        return new Answer(
                result.json(),
                Optional.empty(),
                result.whole() ? Answer.Finish.STOP : Answer.Finish.LENGTH,
                new Answer.Usage(promptTokens, model.tokens(result.json())));
    }

    private Answer text(ChatRequest request, PieceReader listening) {
        Prompt prompt = ChatTemplate.turns(request.messages(), "");
        int promptTokens = promptTokens(prompt);
        model.open(prompt.opening());
        StopTexts stops = new StopTexts(request.stop(), listening);
        ChatModel.Generated generated = model.generate(
                prompt.text(), request.sampling(), room(request, promptTokens), Optional.empty(), stops::add);
        return new Answer(
                stops.finish(),
                Optional.empty(),
                generated.ended() || stops.found() ? Answer.Finish.STOP : Answer.Finish.LENGTH,
                new Answer.Usage(promptTokens, generated.tokens()));
    }

    /** Left to itself, a model this small says of an open invoice that it is paid: it may only repeat the result. */
    private Answer quote(ChatRequest request, PieceReader listening) {
        int promptTokens = promptTokens(ChatTemplate.turns(request.messages(), ""));
        int room = room(request, promptTokens);
        String quote = ToolResult.inWords(ChatTemplate.clean(request.lastResult()));
        int tokens = model.tokens(quote);
        Answer.Finish finish = Answer.Finish.STOP;
        while (tokens > room && !quote.isEmpty()) {
            quote = quote.substring(0, (int) ((long) quote.length() * room / (tokens + 1)));
            tokens = model.tokens(quote);
            finish = Answer.Finish.LENGTH;
        }
        listening.read(quote);
        return new Answer(quote, Optional.empty(), finish, new Answer.Usage(promptTokens, tokens));
    }

    private int promptTokens(Prompt prompt) {
        int tokens = model.tokens(prompt.text());
        if (tokens + 1 >= contextTokens) {
            throw new ApiException(
                    ApiError.CONTEXT_LENGTH_EXCEEDED,
                    "the messages have " + tokens + " tokens and the context of " + ID + " holds " + contextTokens
                            + " with the answer: shorten them");
        }
        return tokens;
    }

    private int room(ChatRequest request, int promptTokens) {
        int room = contextTokens - promptTokens - 1;
        return Math.min(request.maxTokens().orElse(answerTokens), room);
    }
}
