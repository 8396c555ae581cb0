package io.millrace.agent.accuracy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.agent.model.CallFailed;
import io.millrace.agent.work.Trial;
import io.millrace.app.agent.AccuracyTask;
import io.millrace.app.agent.AccuracyTask.Half;
import io.millrace.app.agent.AccuracyTask.Sample;
import io.millrace.app.agent.AgentJobSpec;
import io.millrace.app.agent.OutputColumn;
import java.util.ArrayList;
import java.util.List;

/** Has an agent do its work on labelled rows and prints how much of it is right. Reads its task from standard input. */
public final class Accuracy {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROWS_A_LINE = 25;

    private final AccuracyTask task;
    private final List<OutputColumn> columns;
    private final List<Judged> rows = new ArrayList<>();
    private int calls;
    private int hits;

    private Accuracy(AccuracyTask task, List<OutputColumn> columns) {
        this.task = task;
        this.columns = columns;
    }

    public static void main(String[] arguments) throws Exception {
        AccuracyTask task = JSON.readValue(System.in, AccuracyTask.class);
        List<OutputColumn> columns = JSON.readValue(task.spec(), AgentJobSpec.class).agent().output().columns().stream()
                .filter(column -> task.samples().get(0).expected().containsKey(column.name()))
                .toList();
        try {
            Accuracy accuracy = new Accuracy(task, columns);
            accuracy.work();
            System.out.print(accuracy.report());
        } catch (CallFailed e) {
            System.err.println("the models cannot be asked: " + e.getMessage() + "; see ./millrace status");
            System.exit(1);
        }
    }

    private void work() throws CallFailed, InterruptedException {
        List<Sample> samples = task.samples().stream()
                .filter(sample -> sample.half() == Half.DEVELOPMENT || isMeasured(sample))
                .toList();
        List<String> names = columns.stream().map(OutputColumn::name).toList();
        for (Sample sample : samples) {
            Trial trial = new Trial(task.spec(), sample.row());
            rows.add(Judged.of(trial, sample, isMeasured(sample) ? names : List.of()));
            calls += trial.calls().size();
            hits += (int) trial.calls().stream().filter(hit -> hit).count();
            if (rows.size() % ROWS_A_LINE == 0 || rows.size() == samples.size()) {
                System.err.println(rows.size() + " of " + samples.size() + " rows, " + calls + " model calls, " + hits
                        + " answered by the ledger");
            }
        }
    }

    private boolean isMeasured(Sample sample) {
        return task.halves().contains(sample.half());
    }

    private String report() {
        StringBuilder text = new StringBuilder();
        for (Half half : task.halves()) {
            text.append(Report.of(half, columns, rowsOf(half), rowsOf(Half.DEVELOPMENT)));
        }
        return text.toString();
    }

    private List<Judged> rowsOf(Half half) {
        return rows.stream().filter(row -> row.half() == half).toList();
    }
}
