package io.millrace.app.media;

import java.util.Map;

/**
 * What the job that has files read is handed, complete, as JSON. It holds no secret: keys are named, not given.
 *
 * @param settings Flink configuration
 * @param warehouse URI of the lake as the cluster sees it
 * @param looksEvery how often it looks for new contents, {@code 500 ms}: Paimon finds that among the settings for tables of
 *     SQL only
 * @param reader base address of document-reader
 * @param gateway base address of the inference gateway's API
 * @param gatewayKeyVariable environment variable on the cluster with the gateway's key; unset for none
 * @param transcriptionModel the gateway's model for sound; empty leaves sound pending
 */
public record ReadJobSpec(
        Map<String, String> settings,
        String warehouse,
        String looksEvery,
        String reader,
        String gateway,
        String gatewayKeyVariable,
        String transcriptionModel) {
    public ReadJobSpec {
        settings = Map.copyOf(settings);
    }
}
