package io.millrace.launcher.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.app.App;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.platform.PlatformState;
import io.millrace.launcher.verify.EventCounts;
import io.millrace.launcher.verify.TableComparison;
import io.millrace.launcher.verify.Verification;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proves that the lake equals its sources, or shows where not. */
@Command(
        name = "verify",
        description = "Compare the lake with its sources row by row; exit code 0 only if they are equal.",
        mixinStandardHelpOptions = true)
public final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        DataFolder folder = data.folder();
        PlatformState state = PlatformState.running(folder);
        App app = App.load(Path.of(state.app()));
        Consumer<String> say = json ? line -> {} : System.out::println;
        Verification result = Verification.run(app, state.services(folder), say);
        if (json) {
            System.out.println(
                    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(result));
        } else {
            print(result);
        }
        return result.equal() ? 0 : 1;
    }

    private static void print(Verification result) {
        TextTable table = new TextTable(List.of("table", "source rows", "lake rows", "missing", "extra", "different"));
        for (TableComparison comparison : result.tables()) {
            table.add(List.of(
                    comparison.table(),
                    String.valueOf(comparison.sourceRows()),
                    String.valueOf(comparison.lakeRows()),
                    String.valueOf(comparison.missing()),
                    String.valueOf(comparison.extra()),
                    String.valueOf(comparison.different())));
        }
        System.out.print(table);
        for (EventCounts counts : result.events()) {
            System.out.println(counts.table() + ": " + counts.events() + " committed events in " + counts.topic() + ", "
                    + counts.rows() + " rows in the lake, " + counts.deadLetters() + " dead letters");
        }
        result.tables().forEach(comparison -> comparison
                .examples()
                .forEach(example -> System.out.println(comparison.table() + ": " + example)));
        System.out.println(result.equal() ? "equal" : "NOT EQUAL");
    }
}
