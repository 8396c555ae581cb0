package io.millrace.sql.guard;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.sql.result.SqlError;
import io.millrace.sql.result.SqlFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** DuckDB's own syntax tree of one query, as JSON. */
public final class SyntaxTree {
    /** Deeper than DuckDB lets expressions be nested, as each level is a few in JSON. */
    private static final int DEEPEST = 10_000;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build());

    private final ObjectNode root;

    private SyntaxTree(ObjectNode root) {
        this.root = root;
    }

    /**
     * Parses without running anything.
     *
     * @throws SqlFailure 1064 when DuckDB's parser refuses the text, or it is not exactly one query
     */
    public static SyntaxTree parse(Connection duckDb, String sql) throws SQLException {
        try {
            JsonNode root = JSON.readTree(call(duckDb, "SELECT CAST(json_serialize_sql(?) AS VARCHAR)", sql));
            if (root.path("error").asBoolean()) {
                throw refused(root.path("error_message").asText());
            }
            if (root.path("statements").size() != 1) {
                throw new SqlFailure(SqlError.SYNTAX, "one statement a call: send them one by one");
            }
            return new SyntaxTree((ObjectNode) root);
        } catch (JsonProcessingException e) {
            throw new SqlFailure(SqlError.OTHER, "the syntax tree of the query cannot be read", e);
        }
    }

    private static SqlFailure refused(String message) {
        if (message.startsWith("Max expression depth")) {
            return new SqlFailure(SqlError.NOT_SUPPORTED, "the query is nested more than 1000 deep: write it flatter");
        }
        return message.startsWith("Only SELECT")
                ? new SqlFailure(SqlError.NOT_ALLOWED, "read only: only queries are allowed here")
                : new SqlFailure(SqlError.SYNTAX, message);
    }

    /** The query's node; what is changed in it changes this tree. */
    public ObjectNode query() {
        return (ObjectNode) root.path("statements").path(0).path("node");
    }

    /** The SQL text of the tree. */
    public String toSql(Connection duckDb) throws SQLException {
        try {
            return call(duckDb, "SELECT json_deserialize_sql(CAST(? AS JSON))", JSON.writeValueAsString(root));
        } catch (JsonProcessingException e) {
            throw new SqlFailure(SqlError.OTHER, "the syntax tree of the query cannot be written", e);
        }
    }

    private static String call(Connection duckDb, String sql, String argument) throws SQLException {
        try (PreparedStatement statement = duckDb.prepareStatement(sql)) {
            statement.setString(1, argument);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getString(1);
            }
        }
    }
}
