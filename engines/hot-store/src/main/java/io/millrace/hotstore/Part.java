package io.millrace.hotstore;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a process of the hot store runs: all of it on a laptop, one part each in a cluster. */
enum Part {
    ZOOKEEPER,
    TABLET_SERVER,
    COORDINATOR;

    /**
     * @param names as in {@code tablet-server,coordinator}
     * @throws IllegalArgumentException naming the part that is none
     */
    static Set<Part> parse(String names) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (String name : names.split(",", -1)) {
            parts.add(of(name.strip()));
        }
        return parts;
    }

    private static Part of(String name) {
        return Arrays.stream(values())
                .filter(part -> part.text().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no part '" + name + "', only "
                        + Arrays.stream(values()).map(Part::text).toList()));
    }

    private String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
