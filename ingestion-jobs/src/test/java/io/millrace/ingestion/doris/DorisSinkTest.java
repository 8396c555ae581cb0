package io.millrace.ingestion.doris;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.millrace.ingestion.doris.StandInDoris.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The connector in real Flink jobs that write to the stand-in. */
class DorisSinkTest {
    private static final String KEYED =
            "id BIGINT NOT NULL, version BIGINT, text STRING, PRIMARY KEY (id) NOT ENFORCED";
    private static final String PLAIN = "id BIGINT, text STRING";
    private static final int KEYS = 100;

    @TempDir
    Path folder;

    private StandInDoris doris;

    @BeforeEach
    void start() throws Exception {
        doris = new StandInDoris(System.getenv("DORIS_TEST_PASSWORD"));
    }

    @AfterEach
    void stop() {
        doris.close();
    }

    @Test
    void eachKeyHasItsNewestRowAfterLostRepliesAndRestarts() throws Exception {
        StandInDoris.Table table = doris.unique("depot.parcels", "version", "id");
        doris.fail(Fault.LOAD_REPLY_LOST, 3).fail(Fault.LOAD_UNAVAILABLE, 2).fail(Fault.LABEL_STILL_RUNNING, 1);
        new Parcels(folder, 4_000)
                .dying(2)
                .into(KEYED, options("depot.parcels", "'sequence-column' = 'version'"))
                .change(DorisSinkTest::changeOfAParcel);
        assertThat(table.visible())
                .hasToString(LongStream.range(0, KEYS)
                        .filter(id -> id != 0)
                        .mapToObj(id -> "{\"id\":" + id + ",\"version\":" + (3_900 + id) + ",\"text\":\"v"
                                + (3_900 + id) + "\"}")
                        .toList()
                        .toString());
        assertThat(doris.count("redirect")).isPositive();
        assertThat(doris.count("label repeated")).isGreaterThanOrEqualTo(3);
    }

    /** The last change of parcel 0 deletes it. */
    private static Row changeOfAParcel(long n) {
        long id = n % KEYS;
        return Row.ofKind(id == 0 && n >= 3_900 ? RowKind.DELETE : RowKind.INSERT, id, n, "v" + n);
    }

    @Test
    void staleVersionDoesNotReplaceANewerOne() throws Exception {
        StandInDoris.Table table = doris.unique("depot.parcels", "version", "id");
        new Parcels(folder, 40)
                .into(KEYED, options("depot.parcels", "'sequence-column' = 'version', 'batch.rows' = '1'"))
                .change(n -> Row.of(1L, 39 - n, "v" + (39 - n)));
        assertThat(table.visible()).hasToString("[{\"id\":1,\"version\":39,\"text\":\"v39\"}]");
        assertThat(doris.lastHeaders())
                .containsEntry("Function_column.sequence_col", "version")
                .containsEntry("Hidden_columns", "__DORIS_DELETE_SIGN__")
                .containsEntry("Strict_mode", "true");
    }

    @Test
    void transactionsShowEachRowOfAnAppendTableOnce() throws Exception {
        StandInDoris.Table table = doris.append("depot.parcels");
        doris.fail(Fault.LOAD_REPLY_LOST, 3).fail(Fault.COMMIT_REPLY_LOST, 2);
        new Parcels(folder, 4_000)
                .dying(2)
                .into(PLAIN, options("depot.parcels", "'two-phase-commit' = 'true', 'batch.rows' = '50'"))
                .append();
        assertThat(table.visible())
                .extracting(row -> row.get("id").asLong())
                .containsExactlyElementsOf(LongStream.range(0, 4_000).boxed().toList());
        assertThat(doris.count("label repeated")).isGreaterThanOrEqualTo(3);
        assertThat(doris.count("commit repeated")).isGreaterThanOrEqualTo(2);
        assertThat(doris.count("abort")).as("loads given up after a restart").isPositive();
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void refusedRowsGoToTheDeadLettersAndAllOthersAreLoaded(String twoPhaseCommit) throws Exception {
        StandInDoris.Table table = doris.append(
                "depot.parcels", row -> row.get("id").asLong() % 500 == 7 ? "column(text) is too long" : null);
        Parcels parcels = new Parcels(folder, 2_000)
                .into(PLAIN, options("depot.parcels", "'two-phase-commit' = '" + twoPhaseCommit + "'"));
        parcels.append();
        assertThat(table.visible())
                .hasSize(1_996)
                .noneMatch(row -> row.get("id").asLong() % 500 == 7);
        assertThat(parcels.deadLetters())
                .containsExactlyInAnyOrderElementsOf(LongStream.of(7, 507, 1007, 1507)
                        .mapToObj(DorisSinkTest::deadLetter)
                        .toList());
        assertThat(doris.count("refused")).as("halves, not rows").isLessThan(200);
    }

    private static Row deadLetter(long id) {
        String event = "{\"id\":" + id + ",\"text\":\"parcel " + id + "\"}";
        return Row.of(
                "doris.depot.parcels",
                event,
                "[DATA_QUALITY_ERROR]too many filtered rows: Reason: column(text) is too long src line [" + event
                        + "];");
    }

    @Test
    void wrongPasswordFailsTheJobAndIsNotSaid() throws Exception {
        doris.append("depot.parcels");
        Parcels parcels = new Parcels(folder, 10).into(PLAIN, options("depot.parcels", "'user' = 'somebody'"));
        Throwable failure = catchThrowable(parcels::append);
        assertThat(ExceptionUtils.stringifyException(failure))
                .contains("table depot.parcels: Doris at 127.0.0.1:")
                .contains("does not let user somebody load: it answered 401. Grant LOAD on it, or set"
                        + " DORIS_TEST_PASSWORD, which is set on the TaskManager, to the password")
                .doesNotContain(System.getenv("DORIS_TEST_PASSWORD"));
    }

    @Test
    void dorisThatIsAwayFailsTheJobWithTheReason() throws Exception {
        doris.append("depot.parcels");
        doris.fail(Fault.LOAD_UNAVAILABLE, Integer.MAX_VALUE);
        Parcels parcels = new Parcels(folder, 10).into(PLAIN, options("depot.parcels", "'retry-timeout' = '300 ms'"));
        Throwable failure = catchThrowable(parcels::append);
        assertThat(ExceptionUtils.stringifyException(failure))
                .containsPattern("load millrace-\\d-\\w{12}_depot_parcels_0_0 of \\d+ rows into table depot.parcels of"
                        + " Doris had no success for 300 ms: Doris at 127.0.0.1:\\d+ answered 503");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'table' = 'parcels'|option 'table' is 'parcels': write 'DATABASE.TABLE'",
                "'table' = 'd.p', 'label-prefix' = 'a b'|option 'label-prefix' is 'a b': use at most 40 letters",
                "'table' = 'd.p', 'sequence-column' = 'id'|option 'sequence-column' needs a key",
                "'table' = 'd.p', 'batch.rows' = '0'|option 'batch.rows' is 0: make it 1 or more",
                "'table' = 'd.p', 'password' = 'x'|Unsupported options found for 'millrace-doris'"
            })
    void mistakeInTheOptionsIsNamedBeforeTheJobStarts(String options, String message) throws Exception {
        Parcels parcels = new Parcels(folder, 1).into(PLAIN, options);
        assertThatThrownBy(parcels::append).hasStackTraceContaining(message);
    }

    private String options(String table, String others) {
        return String.join(", ", List.of("'table' = '" + table + "'", "'url' = '" + doris.url() + "/'", others));
    }
}
