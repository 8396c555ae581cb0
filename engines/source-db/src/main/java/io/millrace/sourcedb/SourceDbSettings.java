package io.millrace.sourcedb;

import java.nio.file.Path;

/** Settings of the source database; defaults and units stand in source-db.yaml. */
record SourceDbSettings(
        String host,
        int port,
        Path dataDirectory,
        String database,
        String user,
        String password,
        int sharedBuffersMebibytes) {
    @Override
    public String toString() {
        return "postgresql://" + user + "@" + host + ":" + port + "/" + database;
    }
}
