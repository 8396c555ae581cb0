package io.millrace.ingestion.media.folder;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of a folder's files. A version counts once two listings in a row found it: a file that is still written
 * looks different each time. A file that is gone is forgotten.
 */
final class Watch {
    private final Map<String, Version> seen;
    private Map<String, Version> unsettled = new HashMap<>();

    Watch(Map<String, Version> seen) {
        this.seen = new HashMap<>(seen);
    }

    /** The versions that count since this listing; they are given once. */
    List<Found> settled(List<Found> listing) {
        List<Found> settled = new ArrayList<>();
        Map<String, Version> unsettledNow = new HashMap<>();
        Set<String> present = new HashSet<>();
        for (Found file : listing) {
            present.add(file.path());
            if (file.version().equals(seen.get(file.path()))) {
                continue;
            }
            if (file.version().equals(unsettled.get(file.path()))) {
                seen.put(file.path(), file.version());
                settled.add(file);
            } else {
                unsettledNow.put(file.path(), file.version());
            }
        }
        unsettled = unsettledNow;
        List<String> unlisted =
                listing.stream().filter(Found::isFolder).map(Found::path).toList();
        seen.keySet()
                .removeIf(path -> !present.contains(path) && unlisted.stream().noneMatch(path::startsWith));
        return settled;
    }

    Map<String, Version> seen() {
        return Map.copyOf(seen);
    }
}
