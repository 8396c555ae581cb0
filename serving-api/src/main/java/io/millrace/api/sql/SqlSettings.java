package io.millrace.api.sql;

/**
 * How the SQL server is reached and asked.
 *
 * @param maxRows rows read of one answer at most
 */
public record SqlSettings(
        String url, String user, String password, int poolSize, int maxRows, int queryTimeoutSeconds) {
    /** Without the password. */
    @Override
    public String toString() {
        return "SqlSettings[url=" + url + ", user=" + user + ", poolSize=" + poolSize + "]";
    }
}
