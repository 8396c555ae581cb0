package io.millrace.launcher.command;

import io.millrace.launcher.UserError;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.layout.Databases;
import io.millrace.launcher.platform.PlatformState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks the lake. */
@Command(name = "sql", description = "Ask the lake in SQL.", mixinStandardHelpOptions = true)
public final class SqlCommand implements Callable<Integer> {
    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "-e",
            paramLabel = "STMT",
            description = "Run one statement; without it, statements are read line by line.")
    private @Nullable String statement;

    @Override
    public Integer call() throws Exception {
        DataFolder folder = data.folder();
        Databases databases = PlatformState.running(folder).services(folder).databases();
        try (Connection connection = databases.connectToLake()) {
            return statement == null ? readAndRun(connection) : run(connection, statement);
        } catch (SQLException e) {
            throw new UserError("the SQL server does not answer: " + e.getMessage() + "; see ./millrace status");
        }
    }

    @SuppressWarnings("SystemConsoleNull") // JDK 17 and 21 only
    private static boolean onTerminal() {
        return System.console() != null;
    }

    private static int readAndRun(Connection connection) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        boolean interactive = onTerminal();
        StringBuilder pending = new StringBuilder();
        int worst = 0;
        while (true) {
            if (interactive) {
                System.out.print(pending.isEmpty() ? "lake> " : "   -> ");
                System.out.flush();
            }
            String line = in.readLine();
            if (line == null || pending.isEmpty() && line.strip().matches("(?i)(exit|quit);?")) {
                return pending.isEmpty() ? worst : Math.max(worst, run(connection, pending.toString()));
            }
            if (line.isBlank() && pending.isEmpty()) {
                continue;
            }
            pending.append(line).append('\n');
            if (line.stripTrailing().endsWith(";")) {
                worst = Math.max(worst, run(connection, pending.toString()));
                pending.setLength(0);
            }
        }
    }

    private static int run(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                try (ResultSet rows = statement.getResultSet()) {
                    System.out.print(TextTable.of(rows, !onTerminal()));
                }
            }
            System.out.flush();
            return 0;
        } catch (SQLException e) {
            System.err.println("ERROR " + e.getErrorCode() + " (" + e.getSQLState() + "): " + e.getMessage());
            return 1;
        }
    }
}
