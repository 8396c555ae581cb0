package io.millrace.app.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One SQL statement of a file.
 *
 * @param text without the closing semicolon and without comments before it
 * @param tokens never empty
 * @param line 1-based line of its first token
 */
public record Statement(String text, List<Token> tokens, int line) {
    public Statement {
        tokens = List.copyOf(tokens);
    }

    /** Whether the statement begins with these keywords. */
    public boolean startsWith(String... keywords) {
        if (tokens.size() < keywords.length) {
            return false;
        }
        for (int i = 0; i < keywords.length; i++) {
            if (!tokens.get(i).is(keywords[i])) {
                return false;
            }
        }
        return true;
    }

    /**
     * Every name of three parts whose first part is one of the given catalogs: {@code lake.shop.orders}, with or without
     * backticks. A system table's name ({@code orders$audit_log}) refers to its table.
     */
    public List<TableReference> references(List<String> catalogs) {
        List<TableReference> found = new ArrayList<>();
        for (int i = 0; i + 4 < tokens.size(); i++) {
            Token catalog = tokens.get(i);
            boolean begins = i == 0 || !tokens.get(i - 1).is(".");
            if (begins
                    && catalog.isIdentifier()
                    && catalogs.contains(catalog.text().toLowerCase(Locale.ROOT))
                    && tokens.get(i + 1).is(".")
                    && tokens.get(i + 2).isIdentifier()
                    && tokens.get(i + 3).is(".")
                    && tokens.get(i + 4).isIdentifier()) {
                String table = tokens.get(i + 4).text().replaceFirst("\\$.*$", "");
                boolean written = i > 0
                        && (tokens.get(i - 1).is("INTO") || tokens.get(i - 1).is("OVERWRITE"));
                found.add(new TableReference(catalog.text(), tokens.get(i + 2).text(), table, written, catalog.line()));
            }
        }
        return found;
    }
}
