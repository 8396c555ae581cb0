package io.millrace.api.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.api.problem.ProblemException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections to the SQL server, set up so that the driver sends little more than what an endpoint asks. */
final class Pool implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Pool.class);
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

    private final SqlSettings settings;
    private final Properties driver = new Properties();
    private final HikariDataSource connections;
    private volatile boolean down;

    Pool(SqlSettings settings, MeterRegistry metrics) {
        this.settings = settings;
        // The driver would keep a thread for connections nobody closed; the pool closes all of them.
        System.setProperty("com.mysql.cj.disableAbandonedConnectionCleanup", "true");
        driver.putAll(DRIVER);
        // Longer than a query may take: this is for a server that is gone without saying so.
        driver.setProperty("socketTimeout", Integer.toString((settings.queryTimeoutSeconds() + 5) * 1000));
        driver.setProperty("user", settings.user());
        driver.setProperty("password", settings.password());
        HikariConfig config = new HikariConfig();
        config.setPoolName("sql");
        config.setJdbcUrl(settings.url());
        config.setDataSourceProperties(driver);
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(1);
        config.setIdleTimeout(TimeUnit.MINUTES.toMillis(1));
        config.setMaxLifetime(TimeUnit.MINUTES.toMillis(15));
        config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(3));
        config.setValidationTimeout(TimeUnit.SECONDS.toMillis(2));
        // The API starts before the SQL server is up and says so in /ready.
        config.setInitializationFailTimeout(-1);
        config.setMetricRegistry(metrics);
        connections = new HikariDataSource(config);
    }

    /** @throws ProblemException when the server is away or every connection is in use */
    Connection connection() {
        try {
            if (connections.getHikariPoolMXBean().getTotalConnections() == 0) {
                reach();
            }
            Connection connection = connections.getConnection();
            if (down) {
                down = false;
                log.info("the SQL server is reached again");
            }
            return connection;
        } catch (SQLException e) {
            // Without a cause every connection is in use; with one, none could be made.
            if (e.getCause() == null
                    && connections.getHikariPoolMXBean().getActiveConnections() >= settings.poolSize()) {
                throw SqlFailures.tooManyRequests();
            }
            if (!down) {
                down = true;
                log.warn("the SQL server cannot be reached: {}", e.getMessage());
            }
            throw SqlFailures.unavailable();
        }
    }

    /** Ends a connection whose rows are not read to their end, so that it is not lent again. */
    void drop(Connection connection) throws SQLException {
        connection.abort(Runnable::run);
        connections.evictConnection(connection);
    }

    @Override
    public void close() {
        connections.close();
    }

    /** An empty pool would let its callers wait for a server that refuses at once. */
    private void reach() throws SQLException {
        DriverManager.getConnection(settings.url(), driver).close();
    }
}
