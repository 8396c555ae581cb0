package io.millrace.sql;

import static io.millrace.sql.TestLake.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many readers, a writer, and the cache between them. */
class ConcurrencyTest {
    private static final int CLIENTS = 16;

    @TempDir
    Path directory;

    private TestLake lake;
    private RunningLakeSql sql;

    @BeforeEach
    void start() throws Exception {
        lake = new TestLake(directory.resolve("warehouse"));
        sql = new RunningLakeSql(lake, 64, 60, 64);
    }

    @AfterEach
    void stop() throws Exception {
        sql.close();
        lake.close();
    }

    private void create(String table) throws Exception {
        lake.create(
                table,
                Schema.newBuilder()
                        .column("id", DataTypes.BIGINT().notNull())
                        .column("batch", DataTypes.BIGINT())
                        .column("note", DataTypes.STRING())
                        .primaryKey("id")
                        .option("bucket", "2")
                        .option("write-only", "true"));
    }

    private void write(String table, long rows, long batch, String note) throws Exception {
        lake.write(
                table,
                LongStream.range(0, rows)
                        .mapToObj(id -> GenericRow.of(id, batch, text(note)))
                        .toList());
    }

    private <T> List<T> together(int count, Callable<T> task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                futures.add(threads.submit(task));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aSnapshotIsMergedOnceHoweverManyAskForIt() throws Exception {
        create("t");
        write("t", 20_000, 1, "x");
        write("t", 20_000, 2, "y");
        assertThat(together(CLIENTS, () -> sql.query("SELECT count(*), sum(batch) FROM t")
                        .get(0)))
                .containsOnly("20000|40000");
        assertThat(sql.query("SELECT count(*) FROM t a JOIN t b USING (id)")).containsExactly("20000");
        assertThat(sql.server().statistics().merges()).isEqualTo(1);
        assertThat(sql.server().statistics().plans()).isEqualTo(1);
        assertThat(sql.server().statistics().cacheHits()).isPositive();
        write("t", 1, 3, "z");
        assertThat(sql.query("SELECT sum(batch) FROM t")).containsExactly("40001");
        assertThat(sql.server().statistics().merges()).isEqualTo(2);
        assertThat(sql.server().statistics().cachedTables())
                .as("the older version left")
                .isEqualTo(1);
    }

    @Test
    void aTableTooBigForTheCacheIsReadAnewAndStaysRight() throws Exception {
        create("big");
        write("big", 60_000, 1, "x".repeat(700));
        write("big", 60_000, 2, "y".repeat(700));
        for (int round = 0; round < 2; round++) {
            assertThat(sql.query("SELECT count(*), sum(batch), max(note) = repeat('y', 700) FROM big"))
                    .containsExactly("60000|120000|1");
        }
        assertThat(sql.server().statistics().cachedTables()).isZero();
        assertThat(sql.query("SELECT id FROM big WHERE id < 3 ORDER BY id LIMIT 2"))
                .containsExactly("0", "1");
    }

    @Test
    void whatWasUsedLongestAgoLeavesAFullCache() throws Exception {
        for (String table : List.of("a", "b", "c")) {
            create(table);
            write(table, 20_000, 1, table.repeat(700));
        }
        for (String table : List.of("a", "b", "a", "c", "a")) {
            write(table, 1, 2, "z");
            assertThat(sql.query("SELECT count(*) FROM " + table)).containsExactly("20000");
        }
        assertThat(sql.server().statistics().cachedBytes()).isLessThanOrEqualTo(32L << 20);
    }

    @Test
    void sixteenReadersSeeWholeCommitsWhileAWriterCommits() throws Exception {
        create("t");
        write("t", 2_000, 0, "n");
        AtomicBoolean writing = new AtomicBoolean(true);
        ExecutorService writer = Executors.newSingleThreadExecutor();
        Future<?> written = writer.submit(() -> {
            for (long batch = 1; batch <= 15; batch++) {
                write("t", 2_000, batch, "n" + batch);
            }
            writing.set(false);
            return null;
        });
        List<Long> queries = together(CLIENTS, () -> {
            long count = 0;
            long lastBatch = 0;
            try (Connection connection = sql.connect()) {
                do {
                    String row = RunningLakeSql.rows(connection, "SELECT count(*), min(batch), max(batch) FROM t")
                            .get(0);
                    String[] values = row.split("\\|");
                    assertThat(values[0]).isEqualTo("2000");
                    assertThat(values[1]).as("rows of one commit only").isEqualTo(values[2]);
                    assertThat(Long.parseLong(values[1])).as("never back").isGreaterThanOrEqualTo(lastBatch);
                    lastBatch = Long.parseLong(values[1]);
                    String self = RunningLakeSql.rows(
                                    connection,
                                    "SELECT count(*) FROM t a JOIN t b ON a.id = b.id AND a.batch = b.batch")
                            .get(0);
                    assertThat(self).as("both sides of a self-join").isEqualTo("2000");
                    count++;
                } while (writing.get());
            }
            return count;
        });
        written.get();
        writer.shutdown();
        assertThat(queries).allMatch(count -> count > 0);
        assertThat(sql.query("SELECT max(batch) FROM t")).containsExactly("15");
    }
}
