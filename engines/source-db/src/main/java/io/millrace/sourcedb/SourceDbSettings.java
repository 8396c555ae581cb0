package io.millrace.sourcedb;

import java.nio.file.Path;
import java.util.List;

/** Settings of the source database; defaults and units stand in source-db.yaml. */
record SourceDbSettings(
        String host,
        int port,
        Path dataDirectory,
        List<String> databases,
        String user,
        String password,
        int sharedBuffersMebibytes) {
    SourceDbSettings {
        databases = List.copyOf(databases);
    }

    @Override
    public String toString() {
        return "postgresql://" + user + "@" + host + ":" + port + databases;
    }
}
