package io.millrace.sql.protocol;

import io.millrace.sql.result.Column;
import io.millrace.sql.result.ColumnType;

/** How a column type is announced to the client. */
final class WireType {
    static final int TINY = 1;
    static final int SHORT = 2;
    static final int INTEGER = 3;
    static final int FLOAT = 4;
    static final int DOUBLE = 5;
    static final int NULL = 6;
    static final int TIMESTAMP = 7;
    static final int LONG = 8;
    static final int INT24 = 9;
    static final int DATE = 10;
    static final int TIME = 11;
    static final int DATETIME = 12;
    static final int YEAR = 13;
    static final int DECIMAL = 246;
    static final int BLOB = 252;
    static final int TEXT = 253;

    private static final int BINARY_CHARACTERS = 63;
    private static final int UTF8MB4 = 45;
    private static final int BINARY_FLAG = 128;

    private WireType() {}

    static int of(ColumnType type) {
        return switch (type.kind()) {
            case BOOLEAN, TINY -> TINY;
            case SHORT -> SHORT;
            case INTEGER -> INTEGER;
            case LONG -> LONG;
            case FLOAT -> FLOAT;
            case DOUBLE -> DOUBLE;
            case DECIMAL -> DECIMAL;
            case TEXT -> TEXT;
            case BYTES -> BLOB;
            case DATE -> DATE;
            case TIME -> TIME;
            case DATETIME -> DATETIME;
        };
    }

    static PacketBuilder definition(Column column, String database, String table) {
        ColumnType type = column.type();
        boolean text = type.kind() == ColumnType.Kind.TEXT;
        return new PacketBuilder()
                .string("def")
                .string(database)
                .string(table)
                .string(table)
                .string(column.name())
                .string(column.name())
                .lengthEncoded(12)
                .integer(text ? UTF8MB4 : BINARY_CHARACTERS, 2)
                .integer(text ? Math.min(type.length() * 4L, 0xffffffffL) : type.length(), 4)
                .integer(of(type), 1)
                .integer(text ? 0 : BINARY_FLAG, 2)
                .integer(type.decimals(), 1)
                .integer(0, 2);
    }
}
