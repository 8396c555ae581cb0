package io.millrace.sql;

import io.millrace.service.SettingsException;
import java.util.Map;

/** The keys of {@code lake-sql.yaml}, which documents each with its default and unit. */
public record LakeSqlSettings(
        String host,
        int port,
        String warehouse,
        String catalog,
        String user,
        String password,
        int memoryLimitMebibytes,
        int threads,
        int queryTimeoutSeconds,
        int maxConnections,
        String tempDirectory,
        String s3Endpoint,
        String s3AccessKey,
        String s3SecretKey) {
    public LakeSqlSettings {
        atLeast("memoryLimitMebibytes", memoryLimitMebibytes, 64);
        atLeast("threads", threads, 1);
        atLeast("queryTimeoutSeconds", queryTimeoutSeconds, 1);
        atLeast("maxConnections", maxConnections, 1);
        if (!catalog.matches("[A-Za-z][A-Za-z0-9_]*")) {
            throw new SettingsException("catalog is '" + catalog + "': use a letter, then letters, digits or _");
        }
    }

    private static void atLeast(String key, int value, int least) {
        if (value < least) {
            throw new SettingsException(key + " is " + value + ": give at least " + least);
        }
    }

    /** Paimon's options of the object store a warehouse at {@code s3:} is on. */
    Map<String, String> objectStore() {
        return Map.of(
                "s3.endpoint", s3Endpoint,
                "s3.access-key", s3AccessKey,
                "s3.secret-key", s3SecretKey,
                "s3.path.style.access", "true");
    }

    /** Everything but the password and the keys. */
    @Override
    public String toString() {
        return "LakeSqlSettings[" + host + ":" + port + ", warehouse=" + warehouse + ", catalog=" + catalog + ", user="
                + user + ", memoryLimitMebibytes=" + memoryLimitMebibytes + ", threads=" + threads + "]";
    }
}
