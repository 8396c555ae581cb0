package io.millrace.ingestion.inference;

import java.time.Duration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.table.api.config.MLPredictRuntimeConfigOptions;
import org.apache.flink.table.functions.AsyncPredictFunction;
import org.apache.flink.table.ml.AsyncPredictRuntimeProvider;
import org.apache.flink.table.ml.ModelProvider;

/** Asynchronous only: so ML_PREDICT is asynchronous without an author's asking for it. */
record InferenceProvider(String name, InferenceModel model, ReadableConfig settings)
        implements AsyncPredictRuntimeProvider {
    @Override
    public AsyncPredictFunction createAsyncPredictFunction(Context context) {
        Duration given = context.runtimeConfig().get(MLPredictRuntimeConfigOptions.ASYNC_TIMEOUT);
        Duration flink =
                given == null ? settings.get(ExecutionConfigOptions.TABLE_EXEC_ASYNC_ML_PREDICT_TIMEOUT) : given;
        if (model.longestWait().compareTo(flink) >= 0) {
            // Flink fails the whole job at its own timeout, so a row has to have its answer or its reason before.
            throw new ValidationException("model " + name + ": timeout and retry-timeout are "
                    + model.longestWait().toSeconds() + " s together, and ML_PREDICT waits for "
                    + flink.toSeconds()
                    + " s only: make them shorter or raise '"
                    + (given == null ? ExecutionConfigOptions.TABLE_EXEC_ASYNC_ML_PREDICT_TIMEOUT.key() : "timeout")
                    + (given == null ? "'" : "' in CONFIG"));
        }
        return new InferenceFunction(name, model);
    }

    @Override
    public ModelProvider copy() {
        return this;
    }
}
