package io.millrace.sql.engine;

/**
 * What the engine did since its start.
 *
 * @param plans snapshots whose files were listed
 * @param merges times a table's splits were merged
 * @param cacheHits statements that found merged rows in the cache
 * @param cachedTables merged versions in the cache now
 * @param cachedBytes about what they take
 */
public record EngineStatistics(long plans, long merges, long cacheHits, long cachedTables, long cachedBytes) {}
