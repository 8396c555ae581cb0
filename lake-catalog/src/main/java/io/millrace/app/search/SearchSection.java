package io.millrace.app.search;

import io.millrace.app.YamlMap;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code search:} of {@code app.yaml}. */
public final class SearchSection {
    /** What a request says besides its filters. */
    public static final List<String> PARAMETERS = List.of("q", "in", "mode", "limit");

    private static final String CATALOG = "lake.";

    private SearchSection() {}

    /** @throws io.millrace.app.AppException with file and line of the first thing that is wrong */
    public static List<SearchIndex> read(YamlMap search) {
        List<SearchIndex> indexes = new ArrayList<>();
        for (String name : search.keys()) {
            indexes.add(index(name, search));
        }
        return List.copyOf(indexes);
    }

    private static SearchIndex index(String name, YamlMap search) {
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw search.error(
                    search.line(name),
                    "search index '" + name + "' is named in addresses: write it in small letters, digits and _");
        }
        YamlMap yaml = search.map(name).allow("table", "key", "title", "text", "filters");
        String table = yaml.text("table");
        if (!table.matches("lake\\.[^.]+\\.[^.]+")) {
            throw yaml.error(
                    yaml.line("table"), "table '" + table + "' is no table of the lake: write lake.DATABASE.TABLE");
        }
        List<String> text = yaml.oneOrMore("text");
        if (text.isEmpty()) {
            throw yaml.error(
                    search.line(name), "search index '" + name + "' has no text: name what is searched, text: [body]");
        }
        List<String> filters = yaml.texts("filters");
        for (String filter : filters) {
            if (PARAMETERS.contains(filter)) {
                throw yaml.error(
                        yaml.line("filters"),
                        "filter '" + filter + "' would hide the parameter of that name ("
                                + String.join(", ", PARAMETERS)
                                + "): give the column another name in a table of its own");
            }
        }
        return new SearchIndex(
                name, table.substring(CATALOG.length()), yaml.text("key"), yaml.text("title"), text, filters);
    }
}
