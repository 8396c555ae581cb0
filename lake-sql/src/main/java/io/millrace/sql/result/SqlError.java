package io.millrace.sql.result;

/** The errors a client can meet, with MySQL's numbers and SQL states. */
public enum SqlError {
    TOO_MANY_CONNECTIONS(1040, "08004"),
    ACCESS_DENIED(1045, "28000"),
    UNKNOWN_COMMAND(1047, "08S01"),
    UNKNOWN_DATABASE(1049, "42000"),
    NO_DATABASE(1046, "3D000"),
    AMBIGUOUS_COLUMN(1052, "23000"),
    UNKNOWN_COLUMN(1054, "42S22"),
    NOT_GROUPED(1055, "42000"),
    SYNTAX(1064, "42000"),
    UNKNOWN_THREAD(1094, "HY000"),
    OUT_OF_MEMORY(1041, "HY000"),
    OTHER(1105, "HY000"),
    NO_SUCH_TABLE(1146, "42S02"),
    WRONG_VALUE(1292, "22007"),
    NOT_ALLOWED(1227, "42000"),
    NOT_SUPPORTED(1235, "42000"),
    UNKNOWN_FUNCTION(1305, "42000"),
    INTERRUPTED(1317, "70100"),
    SECURE_TRANSPORT(3159, "08S01");

    private final int code;
    private final String state;

    SqlError(int code, String state) {
        this.code = code;
        this.state = state;
    }

    public int code() {
        return code;
    }

    public String state() {
        return state;
    }
}
