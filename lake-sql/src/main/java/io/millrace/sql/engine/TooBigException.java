package io.millrace.sql.engine;

import io.millrace.sql.lake.TableName;

/** The merged rows of a table take more memory than the cache has; the table is then read anew by every query. */
final class TooBigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooBigException(TableName table, long limitBytes) {
        super("table " + table + " takes more than " + limitBytes + " bytes");
    }
}
