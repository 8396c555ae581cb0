package io.millrace.app.doris;

import io.millrace.app.Pipeline;
import java.util.List;

/**
 * What the full stack has besides, for there alone is Doris.
 *
 * @param files in the order they are applied
 * @param pipelines that write tables of Doris: {@code doris/pipelines/*.sql}
 */
public record DorisParts(List<DorisFile> files, List<Pipeline> pipelines) {
    /** The name of a pipeline that writes Doris begins so: it often writes a table that another job is named after. */
    public static final String JOB_PREFIX = "doris_";

    public static final DorisParts NONE = new DorisParts(List.of(), List.of());

    /** The environment variables of the platform that statements may ask for; an app's secrets come to them. */
    public static final List<String> VARIABLES = List.of(
            "MILLRACE_WAREHOUSE",
            "MILLRACE_S3_ENDPOINT",
            "MILLRACE_S3_ACCESS_KEY",
            "MILLRACE_S3_SECRET_KEY",
            "MILLRACE_GATEWAY",
            "MILLRACE_SQL_USER",
            "MILLRACE_SQL_PASSWORD");

    public DorisParts {
        files = List.copyOf(files);
        pipelines = List.copyOf(pipelines);
    }

    /** Every statement, in the order they are applied. */
    public List<DorisStatement> statements() {
        return files.stream().flatMap(file -> file.statements().stream()).toList();
    }
}
