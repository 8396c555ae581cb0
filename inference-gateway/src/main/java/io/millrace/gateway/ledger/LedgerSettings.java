package io.millrace.gateway.ledger;

/** Where the ledger is and how long to insist on a commit. */
public record LedgerSettings(String url, String user, String password, int poolSize, int retrySeconds) {
    /** Without the password. */
    @Override
    public String toString() {
        return "LedgerSettings[url=" + url + ", user=" + user + ", poolSize=" + poolSize + "]";
    }
}
