package io.millrace.launcher.deploy;

import io.millrace.app.doris.DorisStatement;
import io.millrace.launcher.UserError;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies what an app gives Doris, as its root, over the MySQL protocol. The statements are written so that they can be
 * applied again; a Doris that still starts is waited for. No password and no key is ever logged or said in an error.
 */
public final class Doris {
    private static final Logger log = LoggerFactory.getLogger(Doris.class);
    private static final int ACCESS_DENIED = 1045;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Pattern SECRET = Pattern.compile(".*(PASSWORD|SECRET|KEY|TOKEN).*");

    /** What a Doris says that answers already but has no BE yet. */
    private static final List<String> NOT_READY = List.of(
            "no available backend",
            "no backend available",
            "no alive backend",
            "failed to find enough backend",
            "failed to find enough host",
            "not enough backend",
            "there is no scannode backend available",
            "catalog is not ready",
            "node catalog is not ready",
            "not ready");

    private final String url;
    private final String password;
    private final Map<String, String> environment;
    private final Duration patience;

    /**
     * @param password of root; a new Doris, whose root has none, gets it
     * @param environment values of the placeholders
     * @param patience how long to wait for a Doris that is not ready, in all
     */
    public Doris(String host, int port, String password, Map<String, String> environment, Duration patience) {
        this.url = "jdbc:mysql://" + host + ":" + port + "/";
        this.password = password;
        this.environment = Map.copyOf(environment);
        this.patience = patience;
    }

    /**
     * Applies them in order.
     *
     * @throws UserError naming the statement Doris refuses and its reason, or that Doris did not get ready
     */
    public void apply(List<DorisStatement> statements) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        int next = 0;
        String waitsFor = "";
        while (next < statements.size()) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                while (next < statements.size()) {
                    execute(statement, statements.get(next));
                    next++;
                }
            } catch (SQLException e) {
                String reason = masked(e.getMessage());
                if (e.getErrorCode() == ACCESS_DENIED) {
                    throw new UserError(
                            "Doris at " + url + " does not let root in: set MILLRACE_DORIS_ADMIN_PASSWORD to the"
                                    + " password it has (" + reason + ")");
                }
                if (!isPassing(e)) {
                    throw new UserError(statements.get(next) + ": Doris refuses it: " + reason);
                }
                if (System.nanoTime() - deadlineNanos > 0) {
                    throw new UserError("Doris at " + url + " was not ready for " + patience.toSeconds() + " s, at "
                            + statements.get(next) + ": " + reason);
                }
                if (!reason.equals(waitsFor)) {
                    log.info("waiting for Doris at {}: {}", url, reason);
                    waitsFor = reason;
                }
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
        }
        log.info("Doris has taken {} statements", statements.size());
    }

    private void execute(Statement statement, DorisStatement wanted) throws SQLException {
        String sql = wanted.filled(environment);
        statement.execute(sql);
        log.info("applied {}", wanted);
    }

    private Connection connect() throws SQLException {
        try {
            return connect(password);
        } catch (SQLException e) {
            if (e.getErrorCode() != ACCESS_DENIED || password.isEmpty()) {
                throw e;
            }
            setFirstPassword(e);
            return connect(password);
        }
    }

    private void setFirstPassword(SQLException refusal) throws SQLException {
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "SET PASSWORD = PASSWORD('" + password.replace("\\", "\\\\").replace("'", "''") + "')");
            log.info("root of Doris had no password and has one now");
        } catch (SQLException e) {
            throw e.getErrorCode() == ACCESS_DENIED ? refusal : e;
        }
    }

    private Connection connect(String with) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "root");
        properties.setProperty("password", with);
        properties.setProperty("sslMode", "DISABLED");
        properties.setProperty("connectTimeout", "5000");
        return DriverManager.getConnection(url, properties);
    }

    /** Whether it may go by itself: no connection, or no BE yet. */
    private static boolean isPassing(SQLException e) {
        String state = e.getSQLState();
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return state != null && state.startsWith("08") || NOT_READY.stream().anyMatch(message::contains);
    }

    /** A server may quote the statement it refuses. */
    private String masked(String message) {
        String masked = mask(String.valueOf(message), password);
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            if (SECRET.matcher(variable.getKey()).matches()) {
                masked = mask(masked, variable.getValue());
            }
        }
        return masked;
    }

    private static String mask(String message, String secret) {
        return secret.isEmpty() ? message : message.replace(secret, "***");
    }
}
