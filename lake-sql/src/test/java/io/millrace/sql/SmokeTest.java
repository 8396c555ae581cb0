package io.millrace.sql;

import static io.millrace.sql.TestLake.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.RowKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmokeTest {
    @Test
    void answersOverAllKindsOfTables(@TempDir Path directory) throws Exception {
        try (TestLake lake = new TestLake(directory.resolve("warehouse"));
                RunningLakeSql sql = new RunningLakeSql(lake)) {
            for (String options : List.of("", "deletion-vectors.enabled", "lookup")) {
                String table = "t" + options.replaceAll("[^a-z]", "");
                Schema.Builder schema = Schema.newBuilder()
                        .column("id", DataTypes.BIGINT().notNull())
                        .column("name", DataTypes.STRING())
                        .column("at", DataTypes.TIMESTAMP(3))
                        .primaryKey("id")
                        .option("bucket", "1")
                        .option("file.format", "parquet");
                if (options.equals("lookup")) schema.option("changelog-producer", "lookup");
                else if (!options.isEmpty()) schema.option(options, "true");
                lake.create(table, schema);
                System.out.println(table + " empty " + sql.query("SELECT * FROM " + table));
                lake.write(
                        table,
                        GenericRow.of(1L, text("one"), null),
                        GenericRow.of(
                                2L, text("two"), org.apache.paimon.data.Timestamp.fromEpochMillis(1767225600123L)));
                System.out.println(table + " " + sql.query("SELECT * FROM " + table + " ORDER BY id"));
                lake.write(
                        table,
                        GenericRow.ofKind(RowKind.DELETE, 1L, text("one"), null),
                        GenericRow.of(3L, text("three"), null));
                System.out.println(table + " " + sql.query("SELECT * FROM " + table + " ORDER BY id"));
                System.out.println(table + " " + sql.query("EXPLAIN SELECT * FROM " + table + " ORDER BY id"));
            }
            try (Connection c = sql.connect()) {
                for (String q : List.of(
                        "select count(*) from t",
                        "select @@last_snapshots",
                        "show tables",
                        "select count(distinct id, name) from shop.t where shop.t.id > 1",
                        "select date_format(at,'%Y-%m-%d %H:%i:%s.%f') d, date_trunc(at, 'day') from t",
                        "show full columns from t",
                        "select * from information_schema.tables",
                        "select * from `t$snapshots`",
                        "select * from nosuch",
                        "select nme from t",
                        "select foo(1)",
                        "insert into t values (1)",
                        "select * from read_csv('/etc/passwd')",
                        "select * from t, 'x.parquet'",
                        "select date_add('2026-01-31', interval 1 month), now() > '2020-01-01', datediff('2026-01-03','2026-01-01'), interval 3 day + date '2026-01-01'",
                        "select if(1>2,'a',\"b\\\"c\"), ifnull(null, 3), group_concat(name order by id desc separator '-') from t",
                        "show variables like 'version%'",
                        "select connection_id(), database(), user(), version()",
                        "explain select 1",
                        "with t as (select * from t where id = 2) select * from t",
                        "select 'a' regexp '^A', 'a' not regexp 'b', 'a_b' like 'a\\_b'",
                        "select * from t limit 1, 1",
                        "select cast(2.7 as int), cast('x' as int), 5 div 2, 7 % 4, 5/2",
                        "select * from t where id in (select id from t) and exists (select 1 from t t2 where t2.id = t.id)",
                        "show processlist",
                        "select array(1,2,3), json_extract('{\"a\":1}','$.a'), x'4D', null")) {
                    try {
                        System.out.println(q + " -> " + RunningLakeSql.rows(c, q));
                    } catch (java.sql.SQLException e) {
                        System.out.println(
                                q + " -> ERROR " + e.getErrorCode() + " " + e.getSQLState() + " " + e.getMessage());
                    }
                }
            }
            assertThat(sql.server().statistics().plans()).isPositive();
        }
    }
}
