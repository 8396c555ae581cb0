package io.millrace.api.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;

/**
 * Writes rows as JSON: numbers without loss, dates as ISO 8601, datetimes as UTC instants, binary as Base64, NULL as
 * null.
 */
final class JsonRows {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private final ResultSet rows;
    private final String[] labels;
    private final int[] types;

    JsonRows(ResultSet rows) throws SQLException {
        this.rows = rows;
        ResultSetMetaData columns = rows.getMetaData();
        this.labels = new String[columns.getColumnCount()];
        this.types = new int[labels.length];
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < labels.length; i++) {
            labels[i] = columns.getColumnLabel(i + 1);
            types[i] = columns.getColumnType(i + 1);
            if (!seen.add(labels[i])) {
                throw new SQLException("two columns are named '" + labels[i] + "': give one an alias");
            }
        }
    }

    /** A list of rows and whether it had to be cut. */
    record RowList(String json, boolean truncated) {}

    /** {@code {"rows":[…],"count":n,"truncated":false}}, reading one row more than it writes at most. */
    RowList list(int maxRows) throws SQLException, IOException {
        StringWriter text = new StringWriter();
        int count = 0;
        boolean truncated = false;
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeArrayFieldStart("rows");
            while (!truncated && rows.next()) {
                if (count == maxRows) {
                    truncated = true;
                } else {
                    writeRow(json);
                    count++;
                }
            }
            json.writeEndArray();
            json.writeNumberField("count", count);
            json.writeBooleanField("truncated", truncated);
            json.writeEndObject();
        }
        return new RowList(text.toString(), truncated);
    }

    /** The current row as an object. */
    String row() throws SQLException, IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            writeRow(json);
        }
        return text.toString();
    }

    private void writeRow(JsonGenerator json) throws SQLException, IOException {
        json.writeStartObject();
        for (int i = 0; i < labels.length; i++) {
            json.writeFieldName(labels[i]);
            writeValue(json, i + 1, types[i]);
        }
        json.writeEndObject();
    }

    private void writeValue(JsonGenerator json, int column, int type) throws SQLException, IOException {
        if (rows.getObject(column) == null) {
            json.writeNull();
            return;
        }
        switch (type) {
            case Types.BIT, Types.BOOLEAN -> json.writeBoolean(rows.getBoolean(column));
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.DECIMAL, Types.NUMERIC ->
                json.writeNumber(new BigDecimal(rows.getString(column)));
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> writeFloating(json, rows.getString(column));
            case Types.TIMESTAMP ->
                json.writeString(rows.getObject(column, LocalDateTime.class)
                        .toInstant(ZoneOffset.UTC)
                        .toString());
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
                json.writeString(Base64.getEncoder().encodeToString(rows.getBytes(column)));
            default -> json.writeString(rows.getString(column));
        }
    }

    private static void writeFloating(JsonGenerator json, String text) throws IOException {
        // JSON has no word for what is not a number.
        if (text.matches("[-+0-9.eE]+") && !Double.isInfinite(Double.parseDouble(text))) {
            json.writeNumber(Double.parseDouble(text));
        } else {
            json.writeNull();
        }
    }
}
