package io.millrace.ingestion.inference;

import io.millrace.ingestion.gateway.CallFailure;
import io.millrace.ingestion.gateway.GatewayClient;
import io.millrace.ingestion.gateway.GatewayKey;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.AsyncPredictFunction;
import org.apache.flink.table.functions.FunctionContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks the gateway about each row. A row gets its answer, or NULLs and the reason in {@code error}; a model without that
 * column fails the job instead.
 */
public final class InferenceFunction extends AsyncPredictFunction {
    private final String name;
    private final InferenceModel model;

    private transient @Nullable GatewayClient gateway;
    private transient @Nullable ChatCompletions completions;
    private transient @Nullable GatewayKey key;

    InferenceFunction(String name, InferenceModel model) {
        this.name = name;
        this.model = model;
    }

    @Override
    public void open(FunctionContext context) {
        gateway = new GatewayClient(model.timeout(), model.retryTimeout());
        completions = new ChatCompletions(model);
        key = GatewayKey.read(model.keyVariable());
    }

    @Override
    public CompletableFuture<Collection<RowData>> asyncPredict(RowData input) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < model.inputs().size(); i++) {
            Object value = RowData.createFieldGetter(model.inputs().get(i), i).getFieldOrNull(input);
            if (value == null) {
                String column = model.prompt().columns().get(i);
                return CompletableFuture.completedFuture(failed("input column " + column + " is NULL", null));
            }
            values.add(value.toString());
        }
        return gateway.post(request(completions.request(values))).handle((response, failure) -> {
            if (response != null) {
                return answered(response);
            }
            if (failure instanceof CallFailure) {
                return failed(failure.getMessage(), null);
            }
            throw new CompletionException(failure);
        });
    }

    private HttpRequest request(String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(model.endpoint())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        model.provenance().forEach(request::header);
        key.authorize(request);
        return request.build();
    }

    private Collection<RowData> answered(HttpResponse<String> response) {
        String call = response.headers().firstValue("Millrace-Call").orElse(null);
        if (response.statusCode() != 200) {
            return failed(key.refusal(response), call);
        }
        try {
            return List.of(model.answer().answered(completions.content(response.body()), call));
        } catch (CallFailure e) {
            return failed(e.getMessage(), call);
        }
    }

    private Collection<RowData> failed(String reason, @Nullable String call) {
        String shown = key.hidden(reason);
        if (!model.answer().hasError()) {
            throw new IllegalStateException("model " + name + ": " + shown
                    + "; add error STRING to its OUTPUT to have such rows with the reason instead");
        }
        return List.of(model.answer().failed(shown, call));
    }

    @Override
    public void close() {
        if (gateway != null) {
            gateway.close();
        }
    }
}
