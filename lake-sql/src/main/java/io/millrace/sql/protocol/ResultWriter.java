package io.millrace.sql.protocol;

import io.millrace.sql.result.Column;
import io.millrace.sql.result.Rows;
import java.io.IOException;
import java.util.List;

/** Sends the rows of an answer, in the text or the binary form. */
final class ResultWriter {
    private static final int NULL_TEXT = 0xfb;

    private final Packets packets;
    private final String database;

    ResultWriter(Packets packets, String database) {
        this.packets = packets;
        this.database = database;
    }

    void write(Rows rows, boolean binary) throws IOException {
        List<Column> columns = rows.columns();
        packets.send(new PacketBuilder().lengthEncoded(columns.size()));
        definitions(columns);
        while (rows.next()) {
            packets.send(binary ? binaryRow(rows, columns) : textRow(rows, columns));
        }
        packets.sendEnd();
    }

    /** Announces rows that the client will fetch. */
    void announce(List<Column> columns) throws IOException {
        packets.send(new PacketBuilder().lengthEncoded(columns.size()));
        for (Column column : columns) {
            packets.send(WireType.definition(column, database, ""));
        }
        packets.sendEnd(Packets.AUTOCOMMIT | Packets.CURSOR_EXISTS);
    }

    void definitions(List<Column> columns) throws IOException {
        for (Column column : columns) {
            packets.send(WireType.definition(column, database, ""));
        }
        packets.sendEnd();
    }

    private static PacketBuilder textRow(Rows rows, List<Column> columns) {
        PacketBuilder packet = new PacketBuilder();
        for (int i = 0; i < columns.size(); i++) {
            Object value = rows.value(i);
            if (value == null) {
                packet.integer(NULL_TEXT, 1);
            } else {
                packet.string(TextFormat.format(value, columns.get(i).type()));
            }
        }
        return packet;
    }

    static PacketBuilder binaryRow(Rows rows, List<Column> columns) {
        byte[] nulls = new byte[(columns.size() + 9) / 8];
        PacketBuilder values = new PacketBuilder();
        for (int i = 0; i < columns.size(); i++) {
            Object value = rows.value(i);
            if (value == null) {
                nulls[(i + 2) / 8] |= (byte) (1 << ((i + 2) % 8));
            } else {
                BinaryFormat.write(values, value, columns.get(i).type());
            }
        }
        return new PacketBuilder().integer(0, 1).raw(nulls).raw(values.build());
    }
}
