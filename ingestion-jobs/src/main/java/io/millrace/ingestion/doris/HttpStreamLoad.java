package io.millrace.ingestion.doris;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import org.apache.doris.flink.cfg.DorisReadOptions;
import org.apache.doris.flink.sink.HttpPutBuilder;
import org.apache.doris.flink.sink.HttpUtil;
import org.apache.doris.flink.sink.LoadStatus;
import org.apache.doris.flink.sink.ResponseUtil;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonProcessingException;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPut;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.util.EntityUtils;

/**
 * Stream Load over HTTP. The FE is asked and sends on to a BE. The whole batch is at hand, so a load whose answer was lost
 * can be sent again, which the connector's own DorisStreamLoad cannot: it streams rows it does not keep, and interrupts
 * the task's thread when a request fails.
 */
final class HttpStreamLoad implements StreamLoad {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CONNECT_MILLIS = 10_000;
    private static final int LONGEST_REASON = 1_000;

    private final LoadTarget target;
    private final List<String> frontends;
    private final String password;
    private final CloseableHttpClient client;
    private final RequestConfig config;
    private int asked;

    HttpStreamLoad(LoadTarget target) {
        this.target = target;
        this.frontends = target.frontends();
        this.password = target.password();
        this.client = new HttpUtil(DorisReadOptions.builder().build()).getHttpClient();
        this.config = RequestConfig.custom()
                .setConnectTimeout(CONNECT_MILLIS)
                .setConnectionRequestTimeout(CONNECT_MILLIS)
                .setSocketTimeout(Math.toIntExact(target.timeout().toMillis()))
                .build();
    }

    @Override
    public Outcome load(String label, List<byte[]> rows) throws IOException {
        String frontend = frontends.get(asked++ % frontends.size());
        try (CloseableHttpResponse response = client.execute(request(frontend, label, rows))) {
            int status = response.getStatusLine().getStatusCode();
            String body = response.getEntity() == null ? "" : EntityUtils.toString(response.getEntity());
            if (status == 401 || status == 403) {
                throw notAllowed(frontend, "it answered " + status);
            }
            if (status >= 500) {
                return new Later("Doris at " + frontend + " answered " + status + ": " + shortened(body));
            }
            if (status != 200) {
                throw new LoadFailure("table " + target.name() + ": Doris at " + frontend + " answered " + status + ": "
                        + shortened(body) + " (is this the FE's HTTP port?)");
            }
            return outcome(frontend, body, rows.size() == 1);
        }
    }

    private HttpPut request(String frontend, String label, List<byte[]> rows) {
        HttpPutBuilder builder = new HttpPutBuilder()
                .setUrl("http://" + frontend + "/api/" + target.database() + "/" + target.table() + "/_stream_load")
                .baseAuth(target.user(), password)
                .addCommonHeader()
                .addHiddenColumns(target.deletes())
                .setLabel(label)
                .addProperties(properties(target))
                .setEntity(new ByteArrayEntity(lines(rows)));
        if (target.twoPhaseCommit()) {
            builder.enable2PC();
        }
        HttpPut put = builder.build();
        put.setConfig(config);
        return put;
    }

    /** What Doris is told of the rows. */
    static Properties properties(LoadTarget target) {
        Properties properties = new Properties();
        properties.setProperty("format", "json");
        properties.setProperty("read_json_by_line", "true");
        // Else a double would stand between a DECIMAL here and a DECIMAL there.
        properties.setProperty("num_as_string", "true");
        // Else a value that does not fit becomes NULL without a word.
        properties.setProperty("strict_mode", "true");
        properties.setProperty("timezone", "UTC");
        if (target.sequenceColumn() != null) {
            properties.setProperty("function_column.sequence_col", target.sequenceColumn());
        }
        return properties;
    }

    private static byte[] lines(List<byte[]> rows) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (byte[] row : rows) {
            lines.writeBytes(row);
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    private Outcome outcome(String frontend, String body, boolean oneRow) throws IOException {
        JsonNode answer;
        try {
            answer = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return new Later("Doris at " + frontend + " answered no JSON: " + shortened(body));
        }
        String message = answer.path("Message").asText(answer.path("msg").asText(body));
        if (answer.path("code").asInt() == 401 || message.contains("Access denied")) {
            throw notAllowed(frontend, shortened(message));
        }
        return switch (answer.path("Status").asText()) {
            case LoadStatus.SUCCESS, LoadStatus.PUBLISH_TIMEOUT ->
                new Loaded(answer.path("TxnId").asLong());
            case LoadStatus.LABEL_ALREADY_EXIST ->
                existing(answer.path("ExistingJobStatus").asText(), message);
            default ->
                message.contains("DATA_QUALITY_ERROR") || message.contains("too many filtered rows")
                        ? new Refused(reason(message, answer.path("ErrorURL").asText(), oneRow))
                        : new Later("Doris at " + frontend + " says: " + shortened(message));
        };
    }

    /** A label is used by one batch of one writer alone: what is there under it are these rows. */
    private static Outcome existing(String state, String message) {
        Matcher transaction = ResponseUtil.LABEL_EXIST_PATTERN.matcher(message);
        return switch (state) {
            case "FINISHED", "VISIBLE", "COMMITTED", "PRECOMMITTED" ->
                new Loaded(transaction.find() ? Long.parseLong(transaction.group(2)) : -1);
            default -> new Later("an earlier try of this load is " + state);
        };
    }

    private String reason(String message, String errorUrl, boolean oneRow) {
        if (!oneRow || errorUrl.isEmpty()) {
            return shortened(message);
        }
        HttpGet details = new HttpGet(errorUrl);
        details.setConfig(config);
        try (CloseableHttpResponse response = client.execute(details)) {
            return shortened(
                    message + ": " + EntityUtils.toString(response.getEntity()).strip());
        } catch (IOException e) {
            return shortened(message) + " (details at " + errorUrl + ")";
        }
    }

    private LoadFailure notAllowed(String frontend, String why) {
        return new LoadFailure("table " + target.name() + ": Doris at " + frontend + " does not let user "
                + target.user() + " load: " + why + ". Grant LOAD on it, or set " + target.passwordVariable()
                + ", which is "
                + (password.isEmpty() ? "not " : "") + "set on the TaskManager, to the password");
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
