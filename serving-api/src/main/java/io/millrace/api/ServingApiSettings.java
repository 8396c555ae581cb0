package io.millrace.api;

import io.millrace.api.changes.ChangeSettings;
import io.millrace.api.search.SearchSettings;
import io.millrace.service.Nearest;
import io.millrace.service.SettingsException;
import java.util.Locale;

/** Settings of the API; {@code serving-api.yaml} says what each one means. */
public record ServingApiSettings(
        String host,
        int port,
        String app,
        String sqlUrl,
        String sqlUser,
        String sqlPassword,
        int poolSize,
        int maxRows,
        int queryTimeoutSeconds,
        int cacheMegabytes,
        String warehouse,
        String dataDirectory,
        String gatewayUrl,
        String gatewayKey,
        String embeddingModel,
        String searchEngine,
        String hotStore,
        int changesClients,
        int changesHeartbeatSeconds,
        int changesBufferMegabytes,
        int changesCatchUps) {
    public ServingApiSettings {
        check(port >= 0 && port <= 65535, "port", port, "a port from 0 to 65535");
        check(poolSize >= 1 && poolSize <= 256, "poolSize", poolSize, "1 to 256 connections");
        check(maxRows >= 1 && maxRows <= 100_000, "maxRows", maxRows, "1 to 100000 rows");
        check(queryTimeoutSeconds >= 1, "queryTimeoutSeconds", queryTimeoutSeconds, "at least 1 second");
        check(cacheMegabytes >= 1 && cacheMegabytes <= 1024, "cacheMegabytes", cacheMegabytes, "1 to 1024 MiB");
        check(changesClients >= 1 && changesClients <= 10_000, "changesClients", changesClients, "1 to 10000 clients");
        check(
                changesHeartbeatSeconds >= 1 && changesHeartbeatSeconds <= 20,
                "changesHeartbeatSeconds",
                changesHeartbeatSeconds,
                "1 to 20 seconds");
        check(
                changesBufferMegabytes >= 1 && changesBufferMegabytes <= 64,
                "changesBufferMegabytes",
                changesBufferMegabytes,
                "1 to 64 MiB");
        check(changesCatchUps >= 1 && changesCatchUps <= 64, "changesCatchUps", changesCatchUps, "1 to 64 clients");
        if (!SearchSettings.ENGINES.contains(searchEngine)) {
            throw new SettingsException("setting 'searchEngine' of serving-api has the value '" + searchEngine + "'"
                    + Nearest.hint(searchEngine, SearchSettings.ENGINES));
        }
        if (!gatewayUrl.startsWith("http://") && !gatewayUrl.startsWith("https://")) {
            throw new SettingsException("setting 'gatewayUrl' of serving-api has the value '" + gatewayUrl
                    + "': expected an address such as http://127.0.0.1:18091/v1");
        }
        if (!sqlUrl.startsWith("jdbc:mysql://")) {
            throw new SettingsException("setting 'sqlUrl' of serving-api must begin with jdbc:mysql://");
        }
        if (sqlUrl.contains("@") || sqlUrl.toLowerCase(Locale.ROOT).matches(".*[?&(,](user|password)=.*")) {
            throw new SettingsException(
                    "setting 'sqlUrl' of serving-api holds credentials: move them to sqlUser and sqlPassword");
        }
    }

    SearchSettings search() {
        return new SearchSettings(warehouse, dataDirectory, gatewayUrl, gatewayKey, embeddingModel, searchEngine);
    }

    ChangeSettings changes() {
        return new ChangeSettings(
                changesClients, changesHeartbeatSeconds, changesBufferMegabytes * 1024L * 1024L, changesCatchUps);
    }

    /** Without the password and the key. */
    @Override
    public String toString() {
        return "ServingApiSettings[host=" + host + ", port=" + port + ", app=" + app + ", sqlUrl=" + sqlUrl
                + ", sqlUser=" + sqlUser + ", poolSize=" + poolSize + ", maxRows=" + maxRows
                + ", queryTimeoutSeconds=" + queryTimeoutSeconds + ", cacheMegabytes=" + cacheMegabytes + ", search="
                + search() + ", hotStore=" + hotStore + ", changes=" + changes() + "]";
    }

    private static void check(boolean fine, String key, int value, String expected) {
        if (!fine) {
            throw new SettingsException(
                    "setting '" + key + "' of serving-api has the value '" + value + "': expected " + expected);
        }
    }
}
