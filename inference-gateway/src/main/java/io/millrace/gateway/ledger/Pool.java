package io.millrace.gateway.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections to the ledger. While it is known to be away, asking for one fails at once. */
final class Pool implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Pool.class);

    /** A statement on a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private final LedgerSettings settings;
    private final Properties driver = new Properties();
    private final HikariDataSource connections;
    private volatile boolean up;

    Pool(LedgerSettings settings, MeterRegistry metrics) {
        this.settings = settings;
        driver.setProperty("user", settings.user());
        driver.setProperty("password", settings.password());
        driver.setProperty("ApplicationName", "inference-gateway");
        driver.setProperty("tcpKeepAlive", "true");
        driver.setProperty("connectTimeout", "3");
        driver.setProperty("loginTimeout", "5");
        // Longer than a verify holds writes still: this is for a server that is gone without saying so.
        driver.setProperty("socketTimeout", "60");
        // Every statement is asked thousands of times.
        driver.setProperty("prepareThreshold", "1");
        // Their rows are found by index whatever the values: planning anew would take longer than running.
        driver.setProperty("options", "-c plan_cache_mode=force_generic_plan");
        driver.setProperty("reWriteBatchedInserts", "false");
        HikariConfig config = new HikariConfig();
        config.setPoolName("ledger");
        config.setJdbcUrl(settings.url());
        config.setDataSourceProperties(driver);
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(1);
        config.setIdleTimeout(TimeUnit.MINUTES.toMillis(1));
        config.setMaxLifetime(TimeUnit.MINUTES.toMillis(30));
        config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(3));
        config.setValidationTimeout(TimeUnit.SECONDS.toMillis(2));
        // The gateway starts before its ledger is up and says so in /ready.
        config.setInitializationFailTimeout(-1);
        config.setMetricRegistry(metrics);
        connections = new HikariDataSource(config);
        Gauge.builder("millrace.gateway.ledger.up", this, pool -> pool.up ? 1 : 0)
                .description("1 while calls can be recorded")
                .register(metrics);
    }

    /** A connection beside the pool, for what lives as long as a session. */
    Connection session() throws SQLException {
        return DriverManager.getConnection(settings.url(), driver);
    }

    boolean up() {
        return up;
    }

    void comeUp() {
        if (!up) {
            log.info("the ledger is reached");
        }
        up = true;
    }

    void goDown(String reason) {
        if (up) {
            log.warn("the ledger cannot be reached, calls are refused until it can: {}", reason);
        }
        up = false;
    }

    /** @throws LedgerException when the ledger is away; other failures of SQL come as they are */
    <T> T run(Work<T> work) throws SQLException {
        if (!up) {
            throw new LedgerException("the ledger cannot be reached", new SQLException("known to be away"));
        }
        try (Connection connection = connections.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            if (isGone(e)) {
                goDown(e.getMessage());
                throw new LedgerException("the ledger cannot be reached: " + e.getMessage(), e);
            }
            throw e;
        }
    }

    /** Connection failures, an exhausted server, a server that is shutting down or cannot write. */
    private static boolean isGone(SQLException e) {
        String state = Objects.requireNonNullElse(e.getSQLState(), "08");
        return state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("53")
                || state.startsWith("58")
                || state.startsWith("25006")
                || e instanceof java.sql.SQLTransientConnectionException;
    }

    @Override
    public void close() {
        connections.close();
    }
}
