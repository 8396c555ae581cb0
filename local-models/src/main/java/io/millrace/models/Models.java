package io.millrace.models;

import io.millrace.models.api.ApiError;
import io.millrace.models.api.ApiException;
import io.millrace.models.api.Revision;
import io.millrace.models.chat.Chat;
import io.millrace.models.embedding.EmbeddingModel;
import io.millrace.models.tool.ToolSelection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The models, from the moment they begin to load. */
final class Models {
    /** @param chatRevision of the chat model's weights */
    record Loaded(Chat chat, String chatRevision, EmbeddingModel embeddings) {}

    /** How far they are. */
    enum State {
        LOADING,
        READY,
        FAILED
    }

    private final CompletableFuture<Loaded> loading;

    private Models(CompletableFuture<Loaded> loading) {
        this.loading = loading;
    }

    static Models load(LocalModelsSettings settings) {
        CompletableFuture<Loaded> loading = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        loading.complete(read(settings));
                    } catch (IOException | RuntimeException | LinkageError e) {
                        loading.completeExceptionally(e);
                    }
                },
                "load");
        thread.setDaemon(true);
        thread.start();
        return new Models(loading);
    }

    /** Completes when the models are loaded, or with what went wrong. */
    CompletableFuture<Loaded> loading() {
        return loading;
    }

    State state() {
        if (!loading.isDone()) {
            return State.LOADING;
        }
        return loading.isCompletedExceptionally() ? State.FAILED : State.READY;
    }

    /** @throws ApiException when they are not loaded */
    Loaded get() {
        if (!loading.isDone()) {
            throw new ApiException(ApiError.NOT_READY, "the models are loading: try again");
        }
        try {
            return loading.join();
        } catch (CompletionException e) {
            throw new ApiException(
                    ApiError.NOT_READY, "the models could not be loaded: the log of local-models says why");
        }
    }

    private static Loaded read(LocalModelsSettings settings) throws IOException {
        Path file = Path.of(settings.chatModel());
        String sha256 = Revision.sha256(file);
        if (!settings.chatModelSha256().isEmpty() && !settings.chatModelSha256().equalsIgnoreCase(sha256)) {
            throw new IOException(file + " has the SHA-256 " + sha256 + ", expected " + settings.chatModelSha256()
                    + ": fetch the file again or change 'chatModelSha256'");
        }
        EmbeddingModel embeddings = EmbeddingModel.load();
        ToolSelection tools = new ToolSelection(embeddings, settings.toolThreshold());
        Chat chat = Chat.load(file, settings.threads(), settings.contextTokens(), settings.answerTokens(), tools);
        return new Loaded(chat, Revision.shorten(sha256), embeddings);
    }
}
