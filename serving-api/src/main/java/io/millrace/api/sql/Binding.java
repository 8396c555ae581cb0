package io.millrace.api.sql;

import io.millrace.app.endpoint.ParameterType;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Hands a call's values to the driver, each by the setter of its type. */
final class Binding {
    private static final DateTimeFormatter DATETIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private Binding() {}

    static void bind(PreparedStatement statement, Call call) throws SQLException {
        Map<String, ParameterType> types = call.endpoint().parameters().stream()
                .collect(Collectors.toMap(parameter -> parameter.name(), parameter -> parameter.type()));
        List<String> names = call.endpoint().statement().parameters();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            set(statement, i + 1, types.get(name), call.values().get(name));
        }
    }

    private static void set(PreparedStatement statement, int index, ParameterType type, @Nullable Object value)
            throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.VARCHAR);
            return;
        }
        switch (type) {
            case STRING -> statement.setString(index, (String) value);
            case INT -> statement.setInt(index, (Integer) value);
            case BIGINT -> statement.setLong(index, (Long) value);
            case DECIMAL -> statement.setBigDecimal(index, (BigDecimal) value);
            case DOUBLE -> statement.setDouble(index, (Double) value);
            case BOOLEAN -> statement.setBoolean(index, (Boolean) value);
            case DATE -> statement.setObject(index, value);
            // As text: the driver cuts fractions of a second for servers that call themselves older than 5.6.
            case TIMESTAMP -> statement.setString(index, DATETIME.format((Instant) value));
        }
    }
}
