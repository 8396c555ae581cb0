package io.millrace.hot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
     * and maps of these, null.
     *
     * @param text the key as text; the columns of a composite one separated by commas
     * @throws KeyException when it is no key of this table
     * @throws HotStoreException when the hot store does not answer
     */
    public Optional<Map<String, @Nullable Object>> row(String text) {
        return row(parts(text));
    }

    /**
     * The row with that key, as {@link #row(String)} gives it.
     *
     * @param columns the key's columns with their values as text
     * @throws KeyException when it is no key of this table
     * @throws HotStoreException when the hot store does not answer
     */
    public Optional<Map<String, @Nullable Object>> row(Map<String, String> columns) {
        if (lookuper != null && !columns.keySet().equals(Set.copyOf(key))) {
            throw new KeyException(
                    "columns " + columns.keySet() + " are no key of table " + name + ", which is " + key);
        }
        return row(key.stream().map(columns::get).toList());
    }

    /**
     * The row with that key, when it has come; failures as {@link #row(String)} throws them.
     *
     * @throws KeyException at once when it is no key of this table
     */
    public CompletableFuture<Optional<Map<String, @Nullable Object>>> rowLater(String text) {
        return ask(key(parts(text))).thenApply(result -> Optional.ofNullable(result.getSingletonRow())
                .map(values::of));
    }

    private Optional<Map<String, @Nullable Object>> row(List<String> parts) {
        LookupResult result = connection.answer("table " + name + " of the hot store", ask(key(parts)));
        return Optional.ofNullable(result.getSingletonRow()).map(values::of);
    }

    private List<String> parts(String text) {
        return lookuper == null ? List.of() : KeyText.parts(name, key, text);
    }

    /** It takes the key in without waiting, but one at a time. */
    private CompletableFuture<LookupResult> ask(GenericRow row) {
        synchronized (key) {
            return Objects.requireNonNull(lookuper).lookup(row);
        }
    }

    private GenericRow key(List<String> parts) {
        if (lookuper == null) {
            throw new KeyException("table " + name + " has no primary key: its rows cannot be looked up");
        }
        List<Object> keyValues = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            String column = key.get(i);
            keyValues.add(Values.parse(name + "." + column, type.getTypeAt(type.getFieldIndex(column)), parts.get(i)));
        }
        return GenericRow.of(keyValues.toArray());
    }
}
