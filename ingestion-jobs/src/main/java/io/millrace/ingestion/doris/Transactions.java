package io.millrace.ingestion.doris;

import java.util.List;
import org.apache.doris.flink.cfg.DorisExecutionOptions;
import org.apache.doris.flink.cfg.DorisOptions;
import org.apache.doris.flink.cfg.DorisReadOptions;
import org.apache.doris.flink.sink.HttpUtil;
import org.apache.doris.flink.sink.committer.DorisCommitter;
import org.apache.doris.flink.sink.writer.DorisStreamLoad;

/** The connector's own classes for transactions, set up for a table. They know the password: made where the job runs. */
final class Transactions {
    private static final int COMMIT_RETRIES = 5;

    private final LoadTarget target;

    Transactions(LoadTarget target) {
        this.target = target;
    }

    DorisCommitter committer() {
        return new DorisCommitter(options(), DorisReadOptions.builder().build(), execution());
    }

    /** Gives up every load that a writer began after the checkpoint this state is of. */
    void abort(WriterState state) throws Exception {
        List<String> frontends = target.frontends();
        DorisStreamLoad load = new DorisStreamLoad(
                frontends.get(0),
                options(),
                execution(),
                Labels.generator(target, state.labels()),
                new HttpUtil(DorisReadOptions.builder().build()).getHttpClient());
        try {
            load.abortPreCommit(state.labels(), state.next());
        } finally {
            load.close();
        }
    }

    private DorisOptions options() {
        return DorisOptions.builder()
                .setFenodes(String.join(",", target.frontends()))
                .setTableIdentifier(target.name())
                .setUsername(target.user())
                .setPassword(target.password())
                .build();
    }

    private DorisExecutionOptions execution() {
        return DorisExecutionOptions.builder()
                .setLabelPrefix(target.labelPrefix())
                .setStreamLoadProp(HttpStreamLoad.properties(target))
                .setMaxRetries(COMMIT_RETRIES)
                .enable2PC()
                .build();
    }
}
