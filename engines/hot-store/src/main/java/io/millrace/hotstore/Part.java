package io.millrace.hotstore;

import java.util.Arrays;
import java.util.Locale;

/** A part of Fluss; {@link Parts} says which a process runs. */
enum Part {
    ZOOKEEPER,
    TABLET_SERVER,
    COORDINATOR;

    static Part of(String name) {
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
