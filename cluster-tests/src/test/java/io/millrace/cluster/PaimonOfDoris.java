package io.millrace.cluster;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.options.Options;
import org.apache.paimon.table.Table;

/** Reads the lake with the Paimon that Doris 4.1 bundles, in a process of its own. */
final class PaimonOfDoris {
    private static final String VERSION = "1.3.";

    private PaimonOfDoris() {}

    /** Rows as {@link LakeRows} has them, by table. */
    static Map<String, List<String>> rows(
            Path folder, String warehouse, Map<String, String> settings, List<String> tables)
            throws IOException, InterruptedException {
        Properties options = new Properties();
        options.putAll(settings);
        options.put("warehouse", warehouse);
        Path file = folder.resolve("catalog.properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            options.store(out, null);
        }
        Path output = Files.createDirectories(folder.resolve("rows"));
        List<String> command =
                new ArrayList<>(List.of(PaimonOfDoris.class.getName(), file.toString(), output.toString()));
        command.addAll(tables);
        Path target = JavaProcess.HOME.resolve("cluster-tests/target");
        String classPath = String.join(
                ":",
                target.resolve("test-classes").toString(),
                target.resolve("paimon-of-doris") + "/*",
                JavaProcess.jars("hadoop-client", "slf4j-api", "log4j", "commons-logging"));
        try (JavaProcess reader = JavaProcess.start(
                classPath,
                List.of("-Xmx512m", "-Dlog4j2.level=WARN"),
                command,
                Map.of(),
                folder.resolve("paimon-of-doris.log"))) {
            reader.await();
        }
        Map<String, List<String>> rows = new HashMap<>();
        for (String table : tables) {
            rows.put(table, Files.readAllLines(output.resolve(table)));
        }
        return rows;
    }

    /** Arguments: a file of catalog options, the folder for a file of rows a table, tables as {@code DATABASE.TABLE}. */
    public static void main(String[] arguments) throws Exception {
        String bundle =
                Table.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        if (!bundle.contains("paimon-bundle-" + VERSION)) {
            throw new IllegalStateException("Paimon came from " + bundle + ", not from version " + VERSION);
        }
        Properties options = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of(arguments[0]))) {
            options.load(in);
        }
        Options settings = new Options();
        options.forEach((key, value) -> settings.set((String) key, (String) value));
        Path output = Path.of(arguments[1]);
        try (Catalog catalog = CatalogFactory.createCatalog(CatalogContext.create(settings))) {
            for (int i = 2; i < arguments.length; i++) {
                String[] name = arguments[i].split("\\.", 2);
                Table table = catalog.getTable(Identifier.create(name[0], name[1]));
                Files.write(output.resolve(arguments[i]), LakeRows.of(table));
            }
        }
    }
}
