package io.millrace.app;

import io.millrace.app.sql.SqlFile;
import io.millrace.app.table.TableDefinition;
import io.millrace.app.table.TableFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What every app has besides its own files: the tables of the platform and the ledger of model calls. */
final class PlatformParts {
    /** Database of the platform's own tables. */
    static final String OPERATIONS = "ops";

    /** Database of model calls and of what agents could not do. */
    static final String INFERENCE = "ai";

    /** Name of the ledger's source, database and pipeline. */
    static final String LEDGER = "ledger";

    /** Name of the job that brings files into the lake. */
    static final String MEDIA_INGEST = "media_ingest";

    /** Name of the job that carries hot tables into the lake. */
    static final String TIERING = "tiering";

    private static final String MARKERS = "ops/source_markers";

    private static final List<String> TABLES =
            List.of("ops/dead_letters", MARKERS, "ai/inference_calls", "ai/dead_letters");
    private static final List<String> MEDIA_TABLES =
            List.of("media/contents", "media/files", "media/documents", "media/thumbnails");

    List<TableDefinition> tables(List<Source> sources) {
        List<String> names = new ArrayList<>(TABLES);
        if (sources.stream().anyMatch(Source.Folder.class::isInstance)) {
            names.addAll(MEDIA_TABLES);
        }
        List<TableDefinition> tables = new ArrayList<>();
        for (String name : names) {
            tables.addAll(tables(name));
        }
        return tables;
    }

    /** What an app has besides that can be searched. */
    List<TableDefinition> searchTables() {
        return tables("ai/chunks");
    }

    /** What an app with hot tables has in the hot store besides. */
    static List<TableDefinition> hotTables() {
        return tables(MARKERS).stream()
                .map(TableDefinition::withoutStorageOptions)
                .toList();
    }

    private static List<TableDefinition> tables(String name) {
        String file = "/platform/tables/" + name + ".sql";
        return TableFile.parse(file, name.substring(0, name.indexOf('/')), text(file));
    }

    Source.Cdc ledger() {
        String file = "/platform/sources/ledger.json";
        return ConnectorFile.parse(LEDGER, INFERENCE, true, file, text(file), Optional.empty());
    }

    Pipeline ledgerPipeline() {
        String file = "/platform/pipelines/ledger.sql";
        return new Pipeline(LEDGER, SqlFile.parse(file, text(file)));
    }

    private static String text(String resource) {
        try (InputStream in = PlatformParts.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
