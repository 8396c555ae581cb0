package io.millrace.gateway.ledger;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Calls as parameters of a statement, in the order of the SQL files. */
final class Rows {
    private final PreparedStatement statement;
    private int next = 1;

    Rows(PreparedStatement statement) {
        this.statement = statement;
    }

    void begin(StartedCall call) throws SQLException {
        text(call.identity());
        identified(call);
    }

    void finish(StartedCall call, Ending ending) throws SQLException {
        text(call.callId());
        text(call.request());
        text(ending.response());
        identified(call);
        text(ending.status().text());
        number(ending.promptTokens());
        number(ending.completionTokens());
        decimal(ending.cost());
        number(ending.tries());
        number(ending.httpStatus());
        text(ending.error());
        instant(ending.finishedAt());
        number((int) Duration.between(call.startedAt(), ending.finishedAt()).toMillis());
    }

    private void identified(StartedCall call) throws SQLException {
        text(call.callId());
        text(call.identity());
        number(call.attempt());
        text(call.kind().text());
        text(call.alias());
        text(call.model());
        text(call.modelRevision());
        text(call.caller());
        text(call.callerKey());
        statement.setObject(next++, call.inputVersion(), Types.BIGINT);
        text(call.prompt());
        statement.setBoolean(next++, call.streamed());
        instant(call.startedAt());
    }

    static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    private void text(@Nullable String value) throws SQLException {
        // PostgreSQL's text holds every character but this one.
        statement.setString(next++, value == null ? null : value.replace("\0", ""));
    }

    private void number(@Nullable Integer value) throws SQLException {
        statement.setObject(next++, value, Types.INTEGER);
    }

    private void decimal(@Nullable BigDecimal value) throws SQLException {
        statement.setObject(next++, value, Types.NUMERIC);
    }

    private void instant(Instant value) throws SQLException {
        statement.setObject(next++, value.atOffset(ZoneOffset.UTC));
    }
}
