package io.millrace.app;

import io.millrace.app.sql.TableReference;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which pipelines bring the markers of a source along, and where to. */
public record MarkerPaths(App app) {
    /** Those that read the source: into the lake. */
    public List<Pipeline> intoLake(Source.Cdc source) {
        return app.pipelines().stream()
                .filter(pipeline -> sources(pipeline).contains(source))
                .toList();
    }

    /**
     * Those that fill hot tables, from the source itself or from tables of the lake that others fill from it: into the hot
     * store.
     */
    public List<Pipeline> intoHotStore(Source.Cdc source) {
        return app.pipelines().stream()
                .filter(MarkerPaths::fillsHotTables)
                .filter(pipeline -> sources(pipeline).contains(source)
                        || intoLakeBefore(pipeline).stream()
                                .anyMatch(before -> sources(before).contains(source)))
                .toList();
    }

    /** The databases whose tables the pipeline reads. */
    List<Source.Cdc> sources(Pipeline pipeline) {
        return app.databases().stream()
                .filter(source -> pipeline.references().stream()
                        .anyMatch(reference -> reference.catalog().equals("cdc")
                                && reference.database().equals(source.database())
                                && source.table(reference.table()).isPresent()))
                .toList();
    }

    /** Those that bring tables of the lake which the pipeline reads there, and with them their markers. */
    List<Pipeline> intoLakeBefore(Pipeline pipeline) {
        Set<String> read = names(pipeline, reference -> !reference.written());
        return app.pipelines().stream()
                .filter(other -> !sources(other).isEmpty())
                .filter(other -> names(other, TableReference::written).stream().anyMatch(read::contains))
                .toList();
    }

    static boolean fillsHotTables(Pipeline pipeline) {
        return pipeline.references().stream()
                .anyMatch(
                        reference -> reference.written() && reference.catalog().equals("hot"));
    }

    private static Set<String> names(Pipeline pipeline, Predicate<TableReference> which) {
        return pipeline.references().stream()
                .filter(reference -> reference.catalog().equals("lake"))
                .filter(which)
                .map(TableReference::name)
                .collect(Collectors.toSet());
    }
}
