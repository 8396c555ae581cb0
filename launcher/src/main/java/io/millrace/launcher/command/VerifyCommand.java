package io.millrace.launcher.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.app.App;
import io.millrace.launcher.UserError;
import io.millrace.launcher.compose.DockerVerification;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.layout.Databases;
import io.millrace.launcher.layout.Installation;
import io.millrace.launcher.platform.PlatformState;
import io.millrace.launcher.verify.EngineComparison;
import io.millrace.launcher.verify.EventCounts;
import io.millrace.launcher.verify.TableComparison;
import io.millrace.launcher.verify.Verification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

    @Option(
            names = "--against",
            paramLabel = "HOST:PORT",
            description =
                    "Ask every endpoint of the SQL engine there too, and compare the rows with the platform's own.")
    private @Nullable String against;

    @Option(
            names = "--docker",
            description = "Prove the full stack with Docker: health, rows, Doris' answers, recovery after kills;"
                    + " the report is build/verify-docker.md.")
    private boolean docker;

    @Override
    public Integer call() throws Exception {
        if (docker) {
            return verifyFullStack(Installation.current().home());
        }
        DataFolder folder = data.folder();
        PlatformState state = PlatformState.running(folder);
        App app = App.load(Path.of(state.app()));
        if (against != null) {
            return compareEngines(app, state.services(folder).databases(), against);
        }
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

    private static int verifyFullStack(Path home) throws Exception {
        List<DockerVerification.Outcome> outcomes = new DockerVerification(home, System.out::println).run();
        Path report = Files.createDirectories(home.resolve("build")).resolve("verify-docker.md");
        Files.writeString(report, DockerVerification.report(outcomes));
        System.out.println("report: " + report);
        return outcomes.stream().allMatch(DockerVerification.Outcome::ok) ? 0 : 1;
    }

    private static int compareEngines(App app, Databases databases, String other) throws Exception {
        int colon = other.lastIndexOf(':');
        if (colon < 1 || !other.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new UserError("--against " + other + ": give HOST:PORT, such as lake-sql:9030");
        }
        List<EngineComparison> comparisons;
        try (Connection first = databases.connectToLake();
                Connection second = databases.connectToLake(
                        other.substring(0, colon), Integer.parseInt(other.substring(colon + 1)))) {
            comparisons = EngineComparison.run(app, first, second);
        }
        TextTable table = new TextTable(List.of("endpoint", "questions", "rows", "different"));
        comparisons.forEach(comparison -> table.add(List.of(
                comparison.endpoint(),
                String.valueOf(comparison.questions()),
                String.valueOf(comparison.rows()),
                String.valueOf(comparison.differences().size()))));
        System.out.print(table);
        comparisons.forEach(comparison -> comparison
                .differences()
                .forEach(difference -> System.out.println(comparison.endpoint() + " " + difference)));
        boolean equal = comparisons.stream().allMatch(EngineComparison::equal);
        System.out.println(equal ? "equal" : "NOT EQUAL");
        return equal ? 0 : 1;
    }

    private static void print(Verification result) {
        TextTable table = new TextTable(List.of("table", "source rows", "lake rows", "missing", "extra", "different"));
        add(table, result.tables());
        System.out.print(table);
        for (EventCounts counts : result.events()) {
            System.out.println(counts.table() + ": " + counts.events() + " committed events in " + counts.topic() + ", "
                    + counts.rows() + " rows in the lake, " + counts.deadLetters() + " dead letters");
        }
        TextTable hot = new TextTable(List.of("hot table", "wanted rows", "rows", "missing", "extra", "different"));
        add(hot, result.hot());
        if (!result.hot().isEmpty()) {
            System.out.print(hot);
        }
        result.notCompared().forEach(reason -> System.out.println("not compared: " + reason));
        Stream.concat(result.tables().stream(), result.hot().stream()).forEach(comparison -> comparison
                .examples()
                .forEach(example -> System.out.println(comparison.table() + ": " + example)));
        if (!result.hot().stream().allMatch(TableComparison::equal)) {
            System.out.println("./millrace rebuild TABLE fills a hot table anew");
        }
        System.out.println(result.equal() ? "equal" : "NOT EQUAL");
    }

    private static void add(TextTable table, List<TableComparison> comparisons) {
        comparisons.forEach(comparison -> table.add(List.of(
                comparison.table(),
                String.valueOf(comparison.sourceRows()),
                String.valueOf(comparison.lakeRows()),
                String.valueOf(comparison.missing()),
                String.valueOf(comparison.extra()),
                String.valueOf(comparison.different()))));
    }
}
