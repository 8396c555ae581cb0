package io.millrace.sql;

import io.millrace.service.SettingsException;

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
        String tempDirectory) {
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

    /** Everything but the password. */
    @Override
    public String toString() {
        return "LakeSqlSettings[" + host + ":" + port + ", warehouse=" + warehouse + ", catalog=" + catalog + ", user="
                + user + ", memoryLimitMebibytes=" + memoryLimitMebibytes + ", threads=" + threads + "]";
    }
}
