package io.millrace.launcher.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.app.doris.DorisFile;
import io.millrace.app.doris.DorisStatement;
import io.millrace.launcher.UserError;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;

class DorisTest {
    private static final String ROOT = "root's password";
    private static final Map<String, String> ENVIRONMENT =
            Map.of("MILLRACE_WAREHOUSE", "s3://b/lake", "MILLRACE_SQL_PASSWORD", "reader's password");
    private static final List<DorisStatement> STATEMENTS = DorisFile.parse(
                    "doris/10_all.sql", """
                    CREATE CATALOG IF NOT EXISTS lake PROPERTIES ('warehouse' = '${env:MILLRACE_WAREHOUSE}');
                    CREATE TABLE IF NOT EXISTS internal.shop.t (id INT);
                    ALTER USER 'u'@'%' IDENTIFIED BY '${env:MILLRACE_SQL_PASSWORD}';
                    """, List.copyOf(ENVIRONMENT.keySet()))
            .statements();
    private static final List<String> APPLIED = List.of(
            "CREATE CATALOG IF NOT EXISTS lake PROPERTIES ('warehouse' = 's3://b/lake')",
            "CREATE TABLE IF NOT EXISTS internal.shop.t (id INT)",
            "ALTER USER 'u'@'%' IDENTIFIED BY 'reader''s password'");

    @Test
    void statementsAreAppliedInOrderAndCanBeAppliedAgain() throws Exception {
        try (StandInMySql server = new StandInMySql(0, ROOT, sql -> null)) {
            doris(server.port(), 10).apply(STATEMENTS);
            assertThat(server.statements).isEqualTo(APPLIED);
            doris(server.port(), 10).apply(STATEMENTS);
            assertThat(server.statements).hasSize(6);
        }
    }

    @Test
    void newDorisGetsItsPassword() throws Exception {
        try (StandInMySql server = new StandInMySql(0, "", sql -> null)) {
            doris(server.port(), 10).apply(STATEMENTS);
            assertThat(server.statements.get(0)).isEqualTo("SET PASSWORD = PASSWORD('root''s password')");
            assertThat(server.statements.subList(1, 4)).isEqualTo(APPLIED);
        }
    }

    @Test
    void dorisWithoutBackendIsWaitedForAndGoesOnWhereItStopped() throws Exception {
        AtomicInteger refusals = new AtomicInteger(2);
        try (StandInMySql server = new StandInMySql(
                0,
                ROOT,
                sql -> sql.startsWith("CREATE TABLE") && refusals.getAndDecrement() > 0
                        ? "errCode = 2, detailMessage = Failed to find enough backend, please check the replication num"
                        : null)) {
            doris(server.port(), 60).apply(STATEMENTS);
            assertThat(server.statements).isEqualTo(APPLIED);
        }
    }

    @Test
    void dorisThatComesLateIsWaitedFor() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        CompletableFuture<Void> applied = CompletableFuture.runAsync(() -> {
            try {
                doris(port, 60).apply(STATEMENTS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        try (StandInMySql server = new StandInMySql(port, ROOT, sql -> null)) {
            applied.get(60, TimeUnit.SECONDS);
            assertThat(server.statements).isEqualTo(APPLIED);
        }
    }

    @Test
    void dorisThatNeverComesIsNamed() {
        assertThatThrownBy(() -> doris(1, 0).apply(STATEMENTS))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(
                        "Doris at jdbc:mysql://127.0.0.1:1/ was not ready for 0 s, at doris/10_all.sql:1:"
                                + " CREATE CATALOG IF NOT EXISTS lake PROPERTIES: ");
    }

    @Test
    void refusedStatementIsNamedWithoutItsSecret() throws Exception {
        try (StandInMySql server = new StandInMySql(
                0, ROOT, sql -> sql.startsWith("ALTER USER") ? "syntax error near 'reader's password'" : null)) {
            assertThatThrownBy(() -> doris(server.port(), 10).apply(STATEMENTS))
                    .isInstanceOf(UserError.class)
                    .hasMessage("doris/10_all.sql:3: ALTER USER: Doris refuses it: syntax error near '***'");
        }
    }

    @Test
    void wrongPasswordIsARefusalAndNotWaitedFor() throws Exception {
        try (StandInMySql server = new StandInMySql(0, "another", sql -> null)) {
            assertThatThrownBy(() -> doris(server.port(), 600).apply(STATEMENTS))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining(
                            "does not let root in: set MILLRACE_DORIS_ADMIN_PASSWORD to the password it has"
                                    + " (Access denied for user 'root')")
                    .hasMessageNotContaining(ROOT);
        }
    }

    @Test
    void nothingSecretIsLogged() throws Exception {
        Recorder recorder = new Recorder();
        Logger root = (Logger) LogManager.getRootLogger();
        Level before = root.getLevel();
        recorder.start();
        root.addAppender(recorder);
        Configurator.setRootLevel(Level.ALL);
        try (StandInMySql server = new StandInMySql(0, "", sql -> null)) {
            doris(server.port(), 10).apply(STATEMENTS);
        } finally {
            Configurator.setRootLevel(before);
            root.removeAppender(recorder);
        }
        assertThat(recorder.lines)
                .contains("applied doris/10_all.sql:3: ALTER USER", "root of Doris had no password and has one now")
                .noneMatch(line -> line.contains("s password"));
    }

    /** Keeps every line that is logged, whatever its level. */
    private static final class Recorder extends AbstractAppender {
        final List<String> lines = new CopyOnWriteArrayList<>();

        Recorder() {
            super("recorder", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            lines.add(event.getMessage().getFormattedMessage());
        }
    }

    private static Doris doris(int port, int patienceSeconds) {
        return new Doris("127.0.0.1", port, ROOT, ENVIRONMENT, Duration.ofSeconds(patienceSeconds));
    }
}
