package io.millrace.sql.dialect;

import io.millrace.sql.result.SqlError;
import io.millrace.sql.result.SqlFailure;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Doris' type names, as they stand in CAST. */
final class TypeNames {
    private static final Map<String, String> PLAIN = Map.ofEntries(
            Map.entry("BOOLEAN", "BOOLEAN"),
            Map.entry("BOOL", "BOOLEAN"),
            Map.entry("TINYINT", "TINYINT"),
            Map.entry("SMALLINT", "SMALLINT"),
            Map.entry("INT", "INTEGER"),
            Map.entry("INTEGER", "INTEGER"),
            Map.entry("BIGINT", "BIGINT"),
            Map.entry("SIGNED", "BIGINT"),
            Map.entry("UNSIGNED", "HUGEINT"),
            Map.entry("LARGEINT", "HUGEINT"),
            Map.entry("FLOAT", "FLOAT"),
            Map.entry("DOUBLE", "DOUBLE"),
            Map.entry("CHAR", "VARCHAR"),
            Map.entry("VARCHAR", "VARCHAR"),
            Map.entry("STRING", "VARCHAR"),
            Map.entry("TEXT", "VARCHAR"),
            Map.entry("JSON", "JSON"),
            Map.entry("JSONB", "JSON"),
            Map.entry("DATE", "DATE"),
            Map.entry("DATEV2", "DATE"),
            Map.entry("TIME", "TIME"),
            Map.entry("BINARY", "BLOB"),
            Map.entry("VARBINARY", "BLOB"));

    private static final Set<String> INTEGERS = Set.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT");

    private TypeNames() {}

    static boolean isInteger(String duckDbType) {
        return INTEGERS.contains(duckDbType);
    }

    /** @throws SqlFailure when the type is not known */
    static String toDuckDb(List<Token> type) {
        if (type.isEmpty()) {
            throw new SqlFailure(SqlError.SYNTAX, "CAST without a type: write CAST(value AS type)");
        }
        String name = type.get(0).text().toUpperCase(Locale.ROOT);
        if (name.equals("ARRAY") && type.size() > 3 && type.get(1).is("<")) {
            return toDuckDb(type.subList(2, type.size() - 1)) + "[]";
        }
        return switch (name) {
            case "DATETIME", "DATETIMEV2", "TIMESTAMP" -> timestamp(parameter(type, 0));
            case "DECIMAL", "DECIMALV2", "DECIMALV3", "NUMERIC" ->
                type.size() < 4
                        ? "DECIMAL(38, 9)"
                        : "DECIMAL(" + parameter(type, 10) + "," + (type.size() < 6 ? 0 : number(type.get(4))) + ")";
            default -> {
                String plain = PLAIN.get(name);
                if (plain == null) {
                    throw new SqlFailure(SqlError.SYNTAX, "unknown type " + name + " in CAST");
                }
                yield plain;
            }
        };
    }

    private static String timestamp(int precision) {
        return precision == 0 ? "TIMESTAMP_S" : precision <= 3 ? "TIMESTAMP_MS" : "TIMESTAMP";
    }

    private static int parameter(List<Token> type, int otherwise) {
        return type.size() >= 4 && type.get(1).is("(") ? number(type.get(2)) : otherwise;
    }

    private static int number(Token token) {
        if (token.kind() != Token.Kind.NUMBER
                || token.text().length() > 3
                || token.text().contains(".")) {
            throw new SqlFailure(SqlError.SYNTAX, "'" + token.text() + "' is not a length or precision");
        }
        return Integer.parseInt(token.text());
    }
}
