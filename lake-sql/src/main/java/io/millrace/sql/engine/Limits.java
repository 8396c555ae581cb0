package io.millrace.sql.engine;

import java.nio.file.Path;

/**
 * What the engine may use.
 *
 * @param memoryMebibytes DuckDB's memory, beside the Java heap
 * @param threads for all queries together
 * @param tempDirectory where what does not fit into memory goes
 */
public record Limits(int memoryMebibytes, int threads, Path tempDirectory) {
    /** Half of the memory keeps merged tables, half runs queries. */
    long cacheBytes() {
        return memoryMebibytes * 1024L * 1024L / 2;
    }
}
