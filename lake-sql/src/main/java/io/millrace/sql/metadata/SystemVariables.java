package io.millrace.sql.metadata;

import java.util.Map;
import java.util.TreeMap;

/** The variables clients ask for when they connect; they cannot be changed, only asked. */
public final class SystemVariables {
    /** What Doris answers, so that clients treat this server like one. */
    public static final String VERSION = "8.0.99-millrace-lake-sql";

    private static final Map<String, String> VALUES = new TreeMap<>(Map.ofEntries(
            Map.entry("auto_increment_increment", "1"),
            Map.entry("autocommit", "1"),
            Map.entry("character_set_client", "utf8mb4"),
            Map.entry("character_set_connection", "utf8mb4"),
            Map.entry("character_set_database", "utf8mb4"),
            Map.entry("character_set_results", "utf8mb4"),
            Map.entry("character_set_server", "utf8mb4"),
            Map.entry("character_set_system", "utf8mb4"),
            Map.entry("collation_connection", "utf8mb4_bin"),
            Map.entry("collation_database", "utf8mb4_bin"),
            Map.entry("collation_server", "utf8mb4_bin"),
            Map.entry("default_storage_engine", "PAIMON"),
            Map.entry("init_connect", ""),
            Map.entry("interactive_timeout", "28800"),
            Map.entry("language", "en_US"),
            Map.entry("license", "Apache License 2.0"),
            Map.entry("lower_case_table_names", "0"),
            Map.entry("max_allowed_packet", "67108864"),
            Map.entry("net_buffer_length", "16384"),
            Map.entry("net_read_timeout", "60"),
            Map.entry("net_write_timeout", "60"),
            Map.entry("performance_schema", "0"),
            Map.entry("query_cache_size", "0"),
            Map.entry("query_cache_type", "OFF"),
            Map.entry("read_only", "1"),
            Map.entry("session_track_schema", "0"),
            Map.entry("sql_auto_is_null", "0"),
            Map.entry("sql_mode", "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES"),
            Map.entry("sql_select_limit", "18446744073709551615"),
            Map.entry("system_time_zone", "UTC"),
            Map.entry("time_zone", "+00:00"),
            Map.entry("transaction_isolation", "REPEATABLE-READ"),
            Map.entry("transaction_read_only", "0"),
            Map.entry("tx_isolation", "REPEATABLE-READ"),
            Map.entry("tx_read_only", "0"),
            Map.entry("version", VERSION),
            Map.entry("version_comment", "Millrace lake-sql: Doris' SQL over Paimon, answered by DuckDB"),
            Map.entry("wait_timeout", "28800")));

    private SystemVariables() {}

    public static Map<String, String> all() {
        return VALUES;
    }

    /** The value, or an empty string for a variable that nobody needs. */
    public static String value(String name) {
        return VALUES.getOrDefault(name, "");
    }
}
