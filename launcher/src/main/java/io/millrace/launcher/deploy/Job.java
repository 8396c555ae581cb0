package io.millrace.launcher.deploy;

import java.util.List;
import java.util.function.IntFunction;

/**
 * A job the app asks for.
 *
 * @param entryClass whose {@code main} builds the job
 * @param arguments of its entry point, by the epoch of its state
 * @param reads lake tables it reads or writes, {@code DATABASE.TABLE}, and hot ones, {@code hot.DATABASE.TABLE}; a change
 *     of their columns is a change of the job
 * @param writes lake tables that a rebuild empties
 */
record Job(
        String name,
        JobJar jar,
        String entryClass,
        IntFunction<List<String>> arguments,
        List<String> reads,
        List<String> writes) {
    Job {
        reads = List.copyOf(reads);
        writes = List.copyOf(writes);
    }
}
