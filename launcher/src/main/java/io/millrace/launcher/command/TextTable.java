package io.millrace.launcher.command;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows as an aligned text table. */
final class TextTable {
    private static final int WIDEST = 60;

    private final int widest;
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(List<String> header) {
        this(header, WIDEST);
    }

    private TextTable(List<String> header, int widest) {
        this.widest = widest;
        rows.add(header);
    }

    /** @param whole not to shorten long values: a program or a file takes them */
    static TextTable of(ResultSet result, boolean whole) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        List<String> header = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            header.add(columns.getColumnLabel(i));
        }
        TextTable table = new TextTable(header, whole ? Integer.MAX_VALUE : WIDEST);
        while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                String value = result.getString(i);
                row.add(value == null ? "NULL" : value);
            }
            table.add(row);
        }
        return table;
    }

    void add(List<String> row) {
        rows.add(row);
    }

    @Override
    public String toString() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], shown(row.get(i)).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            line(text, rows.get(r), widths);
            if (r == 0) {
                line(text, Arrays.stream(widths).mapToObj("-"::repeat).toList(), widths);
            }
        }
        return text.toString();
    }

    private void line(StringBuilder text, List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String value = shown(row.get(i));
            line.append(value).append(" ".repeat(widths[i] - value.length() + 2));
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private String shown(String value) {
        String line = value.replace('\n', ' ').replace('\r', ' ');
        return line.length() <= widest ? line : line.substring(0, widest - 1) + "…";
    }
}
