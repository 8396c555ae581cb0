package io.millrace.sql.dialect;

import java.util.Set;

/** The words that are syntax in a Doris query; every other word is a name, whatever it is to DuckDB. */
final class Keywords {
    private static final Set<String> WORDS = Set.of(
            ("SELECT DISTINCT ALL FROM WHERE GROUP BY HAVING ORDER ASC DESC NULLS FIRST LAST LIMIT OFFSET UNION INTERSECT"
                            + " EXCEPT MINUS JOIN INNER LEFT RIGHT FULL OUTER CROSS NATURAL SEMI ANTI ON USING AS WITH RECURSIVE AND"
                            + " OR NOT IN IS NULL TRUE FALSE BETWEEN LIKE ILIKE ESCAPE CASE WHEN THEN ELSE END EXISTS ANY SOME OVER"
                            + " PARTITION ROWS RANGE GROUPS PRECEDING FOLLOWING UNBOUNDED CURRENT ROW WINDOW QUALIFY INTERVAL FILTER"
                            + " WITHIN ROLLUP CUBE GROUPING SETS LATERAL FOR BOTH LEADING TRAILING EXCLUDE TIES IGNORE"
                            + " RESPECT TABLESAMPLE CURRENT_DATE CURRENT_TIME MICROSECOND MILLISECOND SECOND MINUTE HOUR DAY WEEK"
                            + " MONTH QUARTER YEAR DOW DOY EPOCH VALUES MATERIALIZED")
                    .split(" "));

    private static final Set<String> BEFORE_STRINGS = Set.of("DATE", "TIMESTAMP", "TIME");

    private Keywords() {}

    static boolean isSyntax(String upperCaseWord, Token next) {
        return WORDS.contains(upperCaseWord)
                || (BEFORE_STRINGS.contains(upperCaseWord) && next.kind() == Token.Kind.STRING)
                || (upperCaseWord.equals("ARRAY") && next.is("["));
    }
}
