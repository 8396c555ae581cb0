package io.millrace.hotstore;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.EnumSet;
import java.util.Set;

/** What a process of the hot store runs: all of it on a laptop, one part each in a cluster. */
record Parts(Set<Part> all) {
    /**
     * @param names as in {@code tablet-server,coordinator}
     * @throws IllegalArgumentException naming the part that is none
     */
    @JsonCreator
    static Parts parse(String names) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (String name : names.split(",", -1)) {
            parts.add(Part.of(name.strip()));
        }
        return new Parts(parts);
    }

    boolean contain(Part part) {
        return all.contains(part);
    }
}
