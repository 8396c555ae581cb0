package io.millrace.api.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Connections to the SQL server, set up so that the driver sends nothing but what an endpoint asks. */
final class Pool {
    private static final Map<String, String> DRIVER = Map.ofEntries(
            Map.entry("useUnicode", "true"),
            Map.entry("characterEncoding", "UTF-8"),
            Map.entry("connectionTimeZone", "+00:00"),
            Map.entry("forceConnectionTimeZoneToSession", "true"),
            Map.entry("sslMode", "DISABLED"),
            Map.entry("allowPublicKeyRetrieval", "true"),
            Map.entry("tcpKeepAlive", "true"),
            Map.entry("connectTimeout", "2000"),
            Map.entry("useServerPrepStmts", "false"),
            Map.entry("cacheResultSetMetadata", "false"),
            Map.entry("useLocalSessionState", "true"),
            Map.entry("readOnlyPropagatesToServer", "false"),
            Map.entry("netTimeoutForStreamingResults", "0"),
            Map.entry("maintainTimeStats", "false"),
            Map.entry("zeroDateTimeBehavior", "CONVERT_TO_NULL"),
            Map.entry("yearIsDateType", "false"),
            Map.entry("allowLoadLocalInfile", "false"),
            Map.entry("allowMultiQueries", "false"));

    private Pool() {}

    static HikariDataSource open(SqlSettings settings, MeterRegistry metrics) {
        // The driver would keep a thread for connections nobody closed; the pool closes all of them.
        System.setProperty("com.mysql.cj.disableAbandonedConnectionCleanup", "true");
        HikariConfig config = new HikariConfig();
        config.setPoolName("sql");
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(1);
        config.setIdleTimeout(TimeUnit.MINUTES.toMillis(1));
        config.setMaxLifetime(TimeUnit.MINUTES.toMillis(15));
        config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(3));
        config.setValidationTimeout(TimeUnit.SECONDS.toMillis(2));
        // The API starts before the SQL server is up and says so in /ready.
        config.setInitializationFailTimeout(-1);
        config.setMetricRegistry(metrics);
        DRIVER.forEach(config::addDataSourceProperty);
        // Longer than a query may take: this is for a server that is gone without saying so.
        config.addDataSourceProperty("socketTimeout", Integer.toString((settings.queryTimeoutSeconds() + 5) * 1000));
        return new HikariDataSource(config);
    }
}
