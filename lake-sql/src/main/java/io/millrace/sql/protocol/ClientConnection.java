package io.millrace.sql.protocol;

import io.millrace.sql.result.Column;
import io.millrace.sql.result.ColumnType;
import io.millrace.sql.result.Rows;
import io.millrace.sql.result.SqlError;
import io.millrace.sql.result.SqlFailure;
import io.millrace.sql.session.Session;
import io.millrace.sql.session.Sessions;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client, served by one thread from its greeting to its end. */
final class ClientConnection {
    private static final Logger log = LoggerFactory.getLogger(ClientConnection.class);
    private static final int GREETING_TIMEOUT_MILLIS = 10_000;

    private final Packets packets;
    private final Sessions sessions;
    private final Account account;
    private final PreparedStatements prepared = new PreparedStatements();
    private final Map<Long, Cursor> cursors = new HashMap<>();

    ClientConnection(Packets packets, Sessions sessions, Account account) {
        this.packets = packets;
        this.sessions = sessions;
        this.account = account;
    }

    /** Returns when the client has left. */
    void serve() throws IOException, SQLException {
        packets.setTimeoutMillis(GREETING_TIMEOUT_MILLIS);
        int id = sessions.nextId();
        String database;
        try {
            database = new Handshake(packets, account).greet(id);
        } catch (SqlFailure e) {
            refuse(e);
            return;
        }
        packets.setTimeoutMillis(0);
        try (Session session = sessions.open(id, account.user(), this::disconnect)) {
            if (!database.isEmpty()) {
                session.use(List.of(database));
            }
            packets.sendOk();
            packets.flush();
            try {
                while (command(session, packets.receive())) {
                    packets.flush();
                }
            } finally {
                closeCursors();
            }
        } catch (SqlFailure e) {
            refuse(e);
        }
    }

    private void refuse(SqlFailure failure) throws IOException {
        packets.sendFailure(failure);
        packets.flush();
    }

    private void disconnect() {
        try {
            packets.close();
        } catch (IOException e) {
            log.debug("a killed client was already gone: {}", e.getMessage());
        }
    }

    /** Returns false when the client says good-bye. */
    private boolean command(Session session, PacketReader packet) throws IOException {
        int command = packet.octet();
        try {
            if (command != 0x1c) {
                // DuckDB keeps one open result a connection
                cursors.values().forEach(Cursor::detach);
            }
            switch (command) {
                case 0x01 -> {
                    return false;
                }
                case 0x02 -> {
                    session.use(Arrays.asList(packet.rest()));
                    packets.sendOk();
                }
                case 0x03 -> {
                    answer(session, session.execute(packet.rest()), false);
                }
                case 0x04 -> fieldList(session, packet.zeroTerminated());
                case 0x09 -> packets.send(new PacketBuilder().raw("Millrace lake-sql"));
                case 0x0c -> {
                    sessions.kill((int) packet.integer(4), false);
                    packets.sendOk();
                }
                case 0x0e -> packets.sendOk();
                case 0x16 -> {
                    prepare(session, packet.rest());
                }
                case 0x17 -> execute(session, prepared.execution(packet));
                case 0x18 -> prepared.longValue(packet);
                case 0x19 -> {
                    long id = packet.integer(4);
                    closeCursor(id);
                    prepared.close(id);
                }
                case 0x1a -> {
                    long id = packet.integer(4);
                    closeCursor(id);
                    prepared.reset(id);
                    packets.sendOk();
                }
                case 0x1c -> fetch(packet.integer(4), packet.integer(4));
                case 0x1b -> packets.sendEnd();
                case 0x1f -> {
                    closeCursors();
                    prepared.clear();
                    session.reset();
                    packets.sendOk();
                }
                default ->
                    throw new SqlFailure(
                            SqlError.UNKNOWN_COMMAND, "command " + command + " is not supported: send SQL as text");
            }
        } catch (SqlFailure e) {
            packets.sendFailure(e);
        } catch (RuntimeException | LinkageError e) {
            log.error("a statement failed in an unexpected way", e);
            packets.sendFailure(new SqlFailure(SqlError.OTHER, "internal error: " + e));
        } catch (StackOverflowError e) {
            packets.sendFailure(
                    new SqlFailure(SqlError.NOT_SUPPORTED, "the query is nested too deep: write it flatter"));
        } catch (OutOfMemoryError e) {
            packets.sendFailure(new SqlFailure(
                    SqlError.OUT_OF_MEMORY,
                    "the query needs more Java heap than there is: read fewer rows or columns"));
        }
        return true;
    }

    private void execute(Session session, PreparedStatements.Execution execution) throws IOException {
        closeCursor(execution.id());
        Optional<Rows> answer = session.execute(execution.sql(), execution.values());
        if (answer.isPresent() && execution.cursor()) {
            cursors.put(execution.id(), new Cursor(answer.get()));
            new ResultWriter(packets, session.database()).announce(answer.get().columns());
        } else {
            answer(session, answer, true);
        }
    }

    private void fetch(long id, long count) throws IOException {
        Cursor cursor = cursors.get(id);
        if (cursor == null) {
            throw new SqlFailure(SqlError.UNKNOWN_COMMAND, "prepared statement " + id + " has no open cursor");
        }
        boolean more = cursor.fetch(packets, count);
        packets.sendEnd(Packets.AUTOCOMMIT | (more ? Packets.CURSOR_EXISTS : Packets.LAST_ROW_SENT));
    }

    private void closeCursor(long id) {
        Cursor cursor = cursors.remove(id);
        if (cursor != null) {
            cursor.close();
        }
    }

    private void closeCursors() {
        List.copyOf(cursors.keySet()).forEach(this::closeCursor);
    }

    private void answer(Session session, Optional<Rows> answer, boolean binary) throws IOException {
        if (answer.isEmpty()) {
            packets.sendOk();
            return;
        }
        try (Rows rows = answer.get()) {
            new ResultWriter(packets, session.database()).write(rows, binary);
        }
    }

    private void fieldList(Session session, String table) throws IOException {
        List<Column> columns = session.describe("SELECT * FROM `" + table.replace("`", "``") + "`");
        for (Column column : columns) {
            packets.send(WireType.definition(column, session.database(), table).integer(0xfb, 1));
        }
        packets.sendEnd();
    }

    private void prepare(Session session, String sql) throws IOException {
        long id = prepared.add(sql);
        int parameters = prepared.parameters(id);
        List<Column> columns = session.describe(sql);
        packets.send(new PacketBuilder()
                .integer(0, 1)
                .integer(id, 4)
                .integer(columns.size(), 2)
                .integer(parameters, 2)
                .integer(0, 1)
                .integer(0, 2));
        ResultWriter writer = new ResultWriter(packets, session.database());
        if (parameters > 0) {
            writer.definitions(Collections.nCopies(parameters, new Column("?", ColumnType.TEXT)));
        }
        if (!columns.isEmpty()) {
            writer.definitions(columns);
        }
    }
}
