package io.millrace.ingestion.doris;

import java.io.Serializable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.ReadableConfig;
import org.jspecify.annotations.Nullable;

/**
 * Which table is loaded and how. Travels in the job graph, so it holds no password: that is read where the job runs.
 *
 * @param url addresses of FEs by commas, or null for those of the environment
 * @param sequenceColumn or null when rows are replaced in the order they come
 * @param deletes whether rows may be deletions: the table has a key
 */
record LoadTarget(
        String database,
        String table,
        @Nullable String url,
        String user,
        String passwordVariable,
        @Nullable String sequenceColumn,
        boolean deletes,
        boolean twoPhaseCommit,
        String labelPrefix,
        int batchRows,
        long batchBytes,
        Duration timeout,
        Duration retryTimeout,
        String deadLetters)
        implements Serializable {
    static final String URL_VARIABLE = "MILLRACE_DORIS_HTTP";

    private static final String SCHEME = "http://";

    static LoadTarget of(ReadableConfig options, boolean deletes) {
        String[] name = options.get(LoadOptions.TABLE).split("\\.", -1);
        if (name.length != 2 || !Arrays.stream(name).allMatch(part -> part.matches("\\w+"))) {
            throw new IllegalArgumentException(
                    "option 'table' is '" + options.get(LoadOptions.TABLE) + "': write 'DATABASE.TABLE'");
        }
        String prefix = options.get(LoadOptions.LABEL_PREFIX);
        if (!prefix.matches("[\\w-]{1,40}")) {
            throw new IllegalArgumentException("option 'label-prefix' is '" + prefix
                    + "': use at most 40 letters, digits, '_' and '-', for Doris takes no other labels");
        }
        if (options.get(LoadOptions.BATCH_ROWS) < 1) {
            throw new IllegalArgumentException(
                    "option 'batch.rows' is " + options.get(LoadOptions.BATCH_ROWS) + ": make it 1 or more");
        }
        return new LoadTarget(
                name[0],
                name[1],
                options.getOptional(LoadOptions.URL).orElse(null),
                options.get(LoadOptions.USER),
                options.get(LoadOptions.PASSWORD_VARIABLE),
                options.getOptional(LoadOptions.SEQUENCE_COLUMN).orElse(null),
                deletes,
                options.get(LoadOptions.TWO_PHASE_COMMIT),
                prefix,
                options.get(LoadOptions.BATCH_ROWS),
                options.get(LoadOptions.BATCH_SIZE).getBytes(),
                options.get(LoadOptions.TIMEOUT),
                options.get(LoadOptions.RETRY_TIMEOUT),
                options.get(LoadOptions.DEAD_LETTERS));
    }

    String name() {
        return database + "." + table;
    }

    /** Host and port of each FE. */
    List<String> frontends() {
        String addresses = Optional.ofNullable(url).orElseGet(() -> System.getenv(URL_VARIABLE));
        if (addresses == null || addresses.isBlank()) {
            throw new IllegalStateException("table " + name() + " of Doris has no address: set " + URL_VARIABLE
                    + " on the TaskManager, such as http://doris-fe:8030, or the option 'url'");
        }
        return Arrays.stream(addresses.split(",")).map(this::hostAndPort).toList();
    }

    private String hostAndPort(String address) {
        String stripped = address.strip().replaceFirst("/+$", "");
        String hostAndPort = stripped.startsWith(SCHEME) ? stripped.substring(SCHEME.length()) : stripped;
        if (!hostAndPort.matches("[^/:@]+:\\d+")) {
            throw new IllegalStateException("table " + name() + " of Doris has the address '" + stripped
                    + "': write http://HOST:PORT, the FE's HTTP port");
        }
        return hostAndPort;
    }

    /** Empty when the variable is not set: so is root's password in a new Doris. */
    String password() {
        return Optional.ofNullable(System.getenv(passwordVariable)).orElse("");
    }
}
