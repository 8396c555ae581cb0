package io.millrace.sql.protocol;

/** The one account that may connect. */
public record Account(String user, String password) {
    /** The user only. */
    @Override
    public String toString() {
        return "Account[" + user + "]";
    }
}
