package io.millrace.hot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.fluss.client.lookup.LookupResult;
import org.apache.fluss.client.lookup.Lookuper;
import org.apache.fluss.metadata.TableInfo;
import org.apache.fluss.row.GenericRow;
import org.apache.fluss.types.RowType;
import org.jspecify.annotations.Nullable;

/** A table of the hot store. For many threads at a time. */
public final class HotTable {
    private final HotConnection connection;
    private final String name;
    private final RowType type;
    private final RowValues values;
    private final List<String> key;
    private final @Nullable Lookuper lookuper;

    HotTable(HotConnection connection, TableInfo info) {
        this.connection = connection;
        this.name = info.getTablePath().toString();
        this.type = info.getRowType();
        this.values = new RowValues(type);
        this.key = info.getPrimaryKeys();
        this.lookuper = key.isEmpty()
                ? null
                : connection.get().getTable(info.getTablePath()).newLookup().createLookuper();
    }

    /**
     * The row with that key, each column with its value as Java has it: whole numbers, {@code BigDecimal}, {@code String},
     * {@code Boolean}, {@code Instant}, {@code LocalDateTime}, {@code LocalDate}, {@code LocalTime}, {@code byte[]}, lists
     * of these, null.
     *
     * @param text the key as text; the columns of a composite one separated by commas
     * @throws KeyException when it is no key of this table
     * @throws HotStoreException when the hot store does not answer
     */
    public Optional<Map<String, @Nullable Object>> row(String text) {
        if (lookuper == null) {
            throw new KeyException("table " + name + " has no primary key: its rows cannot be looked up");
        }
        LookupResult result = connection.answer("table " + name + " of the hot store", ask(key(text)));
        return Optional.ofNullable(result.getSingletonRow()).map(values::of);
    }

    /** It takes the key in without waiting, but one at a time. */
    private CompletableFuture<LookupResult> ask(GenericRow row) {
        synchronized (key) {
            return Objects.requireNonNull(lookuper).lookup(row);
        }
    }

    private GenericRow key(String text) {
        List<String> parts = key.size() == 1 ? List.of(text) : List.of(text.split(",", -1));
        if (parts.size() != key.size()) {
            throw new KeyException("key '" + text + "' of table " + name + ": give its columns " + key
                    + " in this order, separated by commas");
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            String column = key.get(i);
            values.add(Values.parse(name + "." + column, type.getTypeAt(type.getFieldIndex(column)), parts.get(i)));
        }
        return GenericRow.of(values.toArray());
    }
}
