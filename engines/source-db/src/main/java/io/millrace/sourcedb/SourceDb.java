package io.millrace.sourcedb;

import io.millrace.service.Program;

/** Runs the source database until told to end; ends with exit code 1 when PostgreSQL ends by itself. */
public final class SourceDb {
    private SourceDb() {}

    public static void main(String[] arguments) {
        Program.run(
                "source-db",
                SourceDbSettings.class,
                arguments,
                settings -> PostgresServer.start(settings, () -> System.exit(1)));
    }
}
