package io.millrace.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small app that loads, as files a test may replace. */
record AppFolder(Path root) {
    static final String YAML = """
            app: depot
            sources:
              depotdb: {connector: sources/depotdb.json}
              scans:   {topic: depot.scans}
            secrets: [DEPOTDB_PASSWORD]
            """;

    static AppFolder in(Path root) throws IOException {
        return new AppFolder(root)
                .write("app.yaml", YAML)
                .write("sources/depotdb.json", """
                        {
                          "connector.class": "io.debezium.connector.postgresql.PostgresConnector",
                          "database.password": "${env:DEPOTDB_PASSWORD}",
                          "topic.prefix": "depotdb",
                          "table.include.list": "public.parcels"
                        }
                        """)
                .write("tables/parcels.sql", """
                        -- Parcels.
                        CREATE TABLE parcels (parcel_id BIGINT, weight DECIMAL(8, 3), PRIMARY KEY (parcel_id) NOT ENFORCED);
                        """)
                .write("tables/scans.sql", "CREATE TABLE scans (scan_id STRING NOT NULL, parcel_id BIGINT);")
                .write("pipelines/parcels.sql", "INSERT INTO lake.depot.parcels SELECT * FROM cdc.depot.parcels;");
    }

    AppFolder write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
        return this;
    }

    AppFolder delete(String file) throws IOException {
        Files.delete(root.resolve(file));
        return this;
    }

    App load() {
        return App.load(root);
    }

    String path(String file) {
        return root.resolve(file).toString();
    }

    /** The reference app, found from the directory the tests run in. */
    static Path shop() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("apps/shop/app.yaml"))) {
            folder = folder.getParent();
        }
        return folder.resolve("apps/shop");
    }
}
