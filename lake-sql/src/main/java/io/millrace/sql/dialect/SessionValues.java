package io.millrace.sql.dialect;

/** What a statement can ask of the session it runs in. */
public interface SessionValues {
    /** The value of {@code @@name} as text, or digits for a number. */
    String systemVariable(String name);

    /** The database in use, or an empty string. */
    String database();

    String user();

    int connectionId();
}
