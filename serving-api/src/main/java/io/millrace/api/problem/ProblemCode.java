package io.millrace.api.problem;

import java.util.Locale;

/** Everything that can be wrong with a request. The codes are part of the API: they never change their meaning. */
public enum ProblemCode {
    BAD_REQUEST(400, "Malformed request"),
    UNKNOWN_PARAMETER(400, "Unknown parameter"),
    INVALID_PARAMETER(400, "Invalid parameter"),
    MISSING_PARAMETER(400, "Missing parameter"),
    UNKNOWN_INDEX(400, "Unknown search index"),
    UNKNOWN_FILTER(400, "Unknown filter"),
    NOT_FOUND(404, "Nothing found"),
    NO_SUCH_ENDPOINT(404, "No such endpoint"),
    MEDIA_NOT_SET_UP(404, "Media is not set up"),
    SEARCH_OFF(404, "Search is off"),
    NO_SUCH_TABLE(404, "No such table"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    POSITION_EXPIRED(410, "Position is no longer kept"),
    RANGE_NOT_SATISFIABLE(416, "Range not satisfiable"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    QUERY_FAILED(500, "Query failed"),
    INTERNAL_ERROR(500, "Internal error"),
    LAKE_UNAVAILABLE(503, "Lake unavailable"),
    HOT_STORE_UNAVAILABLE(503, "Hot store unavailable"),
    TOO_MANY_CLIENTS(503, "Too many clients"),
    SQL_UNAVAILABLE(503, "SQL server unavailable"),
    SEARCH_UNAVAILABLE(503, "Search unavailable"),
    EMBEDDING_UNAVAILABLE(503, "Embedding unavailable"),
    QUERY_TIMEOUT(504, "Query took too long");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** As callers read it: {@code unknown_parameter}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
