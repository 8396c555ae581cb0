package io.millrace.launcher;

import io.millrace.app.AppException;
import io.millrace.lake.LakeException;
import io.millrace.launcher.command.BenchCommand;
import io.millrace.launcher.command.DeployCommand;
import io.millrace.launcher.command.DeployerCommand;
import io.millrace.launcher.command.DoctorCommand;
import io.millrace.launcher.command.DownCommand;
import io.millrace.launcher.command.GatewaySettingsCommand;
import io.millrace.launcher.command.InitCommand;
import io.millrace.launcher.command.LogsCommand;
import io.millrace.launcher.command.RebuildCommand;
import io.millrace.launcher.command.ReembedCommand;
import io.millrace.launcher.command.SqlCommand;
import io.millrace.launcher.command.StatusCommand;
import io.millrace.launcher.command.TestCommand;
import io.millrace.launcher.command.UpCommand;
import io.millrace.launcher.command.VerifyCommand;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** The millrace command. Exit codes: 0 done, 1 it did not work or is not so, 2 the user can put it right. */
@Command(
        name = "millrace",
        description = "A real-time lakehouse with agents in the stream, from one command.",
        mixinStandardHelpOptions = true,
        version = "Millrace 0.1.0",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            DoctorCommand.class,
            InitCommand.class,
            DeployCommand.class,
            RebuildCommand.class,
            ReembedCommand.class,
            DeployerCommand.class,
            GatewaySettingsCommand.class,
            SqlCommand.class,
            VerifyCommand.class,
            LogsCommand.class,
            BenchCommand.class,
            TestCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Millrace {
    private Millrace() {}

    public static void main(String[] arguments) {
        if (System.getProperty("millrace.log.level") == null) {
            System.setProperty("millrace.log.level", "OFF");
            System.setProperty("millrace.log.libraries", "OFF");
        }
        CommandLine command = new CommandLine(new Millrace());
        command.setExecutionExceptionHandler((e, line, parsed) -> {
            if (e instanceof UserError || e instanceof AppException || e instanceof LakeException) {
                line.getErr().println(e.getMessage());
                return ExitCode.USAGE;
            }
            Optional<SQLException> unreachable = unreachable(e);
            if (unreachable.isPresent()) {
                line.getErr()
                        .println(
                                "a database does not answer ("
                                        + unreachable.get().getMessage()
                                        + "): ./millrace status says what does not run, and what is started again answers soon");
                return ExitCode.SOFTWARE;
            }
            line.getErr().println("millrace: " + e);
            e.printStackTrace(line.getErr());
            return ExitCode.SOFTWARE;
        });
        System.exit(command.execute(arguments));
    }

    /** The cause, where a connection could not be had or was lost: SQL's class 08, and 57P of PostgreSQL's shutdowns. */
    private static Optional<SQLException> unreachable(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .filter(e -> e.getSQLState() != null
                        && (e.getSQLState().startsWith("08") || e.getSQLState().startsWith("57P")))
                .findFirst();
    }
}
