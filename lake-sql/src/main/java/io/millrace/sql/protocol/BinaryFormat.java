package io.millrace.sql.protocol;

import io.millrace.sql.dialect.Token;
import io.millrace.sql.result.ColumnType;
import io.millrace.sql.result.SqlError;
import io.millrace.sql.result.SqlFailure;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoField;

/** Values as prepared statements exchange them. */
final class BinaryFormat {
    private BinaryFormat() {}

    static void write(PacketBuilder packet, Object value, ColumnType type) {
        switch (type.kind()) {
            case BOOLEAN -> packet.integer((Boolean) value ? 1 : 0, 1);
            case TINY -> packet.integer((Long) value, 1);
            case SHORT -> packet.integer((Long) value, 2);
            case INTEGER -> packet.integer((Long) value, 4);
            case LONG -> packet.integer((Long) value, 8);
            case FLOAT -> packet.integer(Float.floatToIntBits((Float) value), 4);
            case DOUBLE -> packet.integer(Double.doubleToLongBits((Double) value), 8);
            case DATE -> date(packet.integer(4, 1), (LocalDate) value);
            case DATETIME -> {
                LocalDateTime time = (LocalDateTime) value;
                date(packet.integer(11, 1), time.toLocalDate());
                time(packet, time.toLocalTime());
            }
            case TIME -> time(packet.integer(12, 1).integer(0, 1).integer(0, 4), LocalTime.parse((String) value));
            case DECIMAL, TEXT, BYTES -> packet.string(TextFormat.format(value, type));
        }
    }

    private static void date(PacketBuilder packet, LocalDate date) {
        packet.integer(date.getYear(), 2).integer(date.getMonthValue(), 1).integer(date.getDayOfMonth(), 1);
    }

    private static void time(PacketBuilder packet, LocalTime time) {
        packet.integer(time.getHour(), 1)
                .integer(time.getMinute(), 1)
                .integer(time.getSecond(), 1)
                .integer(time.get(ChronoField.MICRO_OF_SECOND), 4);
    }

    /** A parameter's value as the literal it stands for. */
    static Token read(PacketReader packet, int type) {
        return switch (type & 0xff) {
            case WireType.TINY -> number((type & 0x8000) != 0 ? packet.octet() : packet.signed(1));
            case WireType.SHORT, WireType.YEAR -> number(packet.signed(2));
            case WireType.INTEGER, WireType.INT24 -> number(packet.signed(4));
            case WireType.LONG -> number(packet.integer(8));
            case WireType.FLOAT -> floating(Float.toString(Float.intBitsToFloat((int) packet.integer(4))));
            case WireType.DOUBLE -> floating(Double.toString(Double.longBitsToDouble(packet.integer(8))));
            case WireType.NULL -> Token.verbatim("NULL");
            case WireType.DATE, WireType.DATETIME, WireType.TIMESTAMP ->
                instant(packet, (type & 0xff) == WireType.DATE);
            case WireType.TIME ->
                throw new SqlFailure(SqlError.NOT_SUPPORTED, "a TIME parameter is not supported: send it as a string");
            case 0, WireType.DECIMAL -> decimal(text(packet));
            default -> Token.string(text(packet));
        };
    }

    private static String text(PacketReader packet) {
        return new String(packet.bytes(packet.lengthEncoded()), StandardCharsets.UTF_8);
    }

    private static Token number(long value) {
        return Token.verbatim(value < 0 ? "(" + value + ")" : String.valueOf(value));
    }

    private static Token floating(String value) {
        return Token.verbatim("CAST('" + value + "' AS DOUBLE)");
    }

    private static Token decimal(String value) {
        return value.matches("-?[0-9]+(\\.[0-9]+)?") ? Token.verbatim("(" + value + ")") : Token.string(value);
    }

    private static Token instant(PacketReader packet, boolean dateOnly) {
        int length = packet.octet();
        if (length == 0) {
            return Token.verbatim("NULL");
        }
        LocalDate date = LocalDate.of((int) packet.integer(2), packet.octet(), packet.octet());
        LocalTime time =
                length >= 7 ? LocalTime.of(packet.octet(), packet.octet(), packet.octet()) : LocalTime.MIDNIGHT;
        if (length >= 11) {
            time = time.plusNanos(packet.integer(4) * 1000);
        }
        return Token.verbatim(
                dateOnly && length == 4 ? "DATE '" + date + "'" : "TIMESTAMP '" + date + " " + time + "'");
    }
}
