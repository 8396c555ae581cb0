package io.millrace.sql.protocol;

import io.millrace.sql.dialect.Token;
import io.millrace.sql.dialect.Tokenizer;
import io.millrace.sql.result.SqlError;
import io.millrace.sql.result.SqlFailure;
import io.millrace.sql.session.Parameters;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A connection's prepared statements. Each execution is translated and planned anew, on the snapshots of its moment,
 * with its values as literals.
 */
final class PreparedStatements {
    private final Map<Long, Statement> statements = new HashMap<>();
    private long nextId;

    private static final class Statement {
        private final String sql;
        private final int parameters;
        private final int[] types;
        private final Map<Integer, ByteArrayOutputStream> longValues = new HashMap<>();

        private Statement(String sql) {
            this.sql = sql;
            this.parameters = Parameters.count(Tokenizer.tokenize(sql));
            this.types = new int[parameters];
        }
    }

    /**
     * What to run, with a literal for each parameter.
     *
     * @param cursor whether the client will fetch the rows some at a time
     */
    record Execution(long id, String sql, List<Token> values, boolean cursor) {}

    long add(String sql) {
        statements.put(++nextId, new Statement(sql));
        return nextId;
    }

    int parameters(long id) {
        return find(id).parameters;
    }

    Execution execution(PacketReader packet) {
        long id = packet.integer(4);
        Statement statement = find(id);
        boolean cursor = packet.octet() != 0;
        packet.integer(4);
        List<Token> values = new ArrayList<>();
        if (statement.parameters > 0) {
            byte[] nulls = packet.bytes((statement.parameters + 7) / 8);
            if (packet.octet() == 1) {
                for (int i = 0; i < statement.parameters; i++) {
                    statement.types[i] = (int) packet.integer(2);
                }
            }
            for (int i = 0; i < statement.parameters; i++) {
                ByteArrayOutputStream longValue = statement.longValues.get(i);
                if (longValue != null) {
                    values.add(Token.string(longValue.toString(StandardCharsets.UTF_8)));
                } else if ((nulls[i / 8] & (1 << (i % 8))) != 0) {
                    values.add(Token.verbatim("NULL"));
                } else {
                    values.add(BinaryFormat.read(packet, statement.types[i]));
                }
            }
        }
        statement.longValues.clear();
        return new Execution(id, statement.sql, values, cursor);
    }

    /** A part of a value that is too long for one packet. */
    void longValue(PacketReader packet) {
        Statement statement = find(packet.integer(4));
        int parameter = (int) packet.integer(2);
        statement
                .longValues
                .computeIfAbsent(parameter, key -> new ByteArrayOutputStream())
                .writeBytes(packet.rest().getBytes(StandardCharsets.UTF_8));
    }

    void reset(long id) {
        find(id).longValues.clear();
    }

    void close(long id) {
        statements.remove(id);
    }

    void clear() {
        statements.clear();
    }

    private Statement find(long id) {
        Statement statement = statements.get(id);
        if (statement == null) {
            throw new SqlFailure(
                    SqlError.UNKNOWN_COMMAND, "prepared statement " + id + " does not exist: prepare it again");
        }
        return statement;
    }
}
