package io.millrace.launcher.command;

import picocli.CommandLine.Command;

/** Measures the running platform. */
@Command(
        name = "bench",
        description = "Measure the running platform.",
        mixinStandardHelpOptions = true,
        subcommands = {
            AccuracyCommand.class,
            EventsCommand.class,
            FreshnessCommand.class,
            LoadCommand.class,
            LookupsCommand.class
        })
public final class BenchCommand {}
