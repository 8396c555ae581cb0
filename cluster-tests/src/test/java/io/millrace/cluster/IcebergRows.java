package io.millrace.cluster;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.StringJoiner;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.hadoop.HadoopCatalog;

/** The rows of an Iceberg table as text, by Iceberg's own API in a process that has no Paimon. */
final class IcebergRows {
    private IcebergRows() {}

    /**
     * Rows as {@link LakeRows} has them.
     *
     * @param settings of the object store
     * @param warehouse of Iceberg's catalog in the file system
     */
    static List<String> of(Path folder, Map<String, String> settings, String warehouse, String database, String table)
            throws IOException, InterruptedException {
        Properties hadoop = new Properties();
        settings.forEach((key, value) -> hadoop.put("fs.s3a" + key.substring(2).replace('-', '.'), value));
        hadoop.put("fs.s3.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem");
        Path file = folder.resolve("hadoop.properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            hadoop.store(out, null);
        }
        Path output = folder.resolve("iceberg.rows");
        // Flink's plugin brings the file system that other engines take from hadoop-aws.
        String classPath = String.join(
                ":",
                JavaProcess.HOME.resolve("cluster-tests/target/test-classes").toString(),
                JavaProcess.HOME.resolve("cluster-tests/target/flink-plugins/s3-fs-hadoop") + "/*",
                JavaProcess.jars("iceberg-", "hadoop-client", "slf4j-api", "log4j", "commons-logging"),
                JavaProcess.select(JavaProcess.classPath("engines/compute"), "flink-"));
        try (JavaProcess reader = JavaProcess.start(
                classPath,
                List.of("-Xmx512m", "-Dlog4j2.level=WARN"),
                List.of(IcebergRows.class.getName(), file.toString(), output.toString(), warehouse, database, table),
                Map.of(),
                folder.resolve("iceberg.log"))) {
            reader.await();
        }
        return Files.readAllLines(output);
    }

    /** Arguments: a file of Hadoop's settings, the file for the rows, warehouse, database, table. */
    public static void main(String[] arguments) throws Exception {
        Properties hadoop = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of(arguments[0]))) {
            hadoop.load(in);
        }
        Configuration configuration = new Configuration();
        hadoop.forEach((key, value) -> configuration.set((String) key, (String) value));
        List<String> rows = new ArrayList<>();
        try (HadoopCatalog catalog = new HadoopCatalog(configuration, arguments[2])) {
            Table table = catalog.loadTable(TableIdentifier.of(arguments[3], arguments[4]));
            try (var records = IcebergGenerics.read(table).build()) {
                records.forEach(record -> rows.add(text(record)));
            }
        }
        rows.sort(null);
        Files.write(Path.of(arguments[1]), rows);
    }

    private static String text(Record record) {
        StringJoiner text = new StringJoiner("|");
        for (int i = 0; i < record.size(); i++) {
            Object value = record.get(i);
            Object local = value instanceof OffsetDateTime time ? time.toLocalDateTime() : value;
            text.add(String.valueOf(local).replace("\n", "\\n"));
        }
        return text.toString();
    }
}
