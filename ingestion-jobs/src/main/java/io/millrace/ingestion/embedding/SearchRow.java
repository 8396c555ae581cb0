package io.millrace.ingestion.embedding;

import java.util.HashMap;
import java.util.Map;

/** A version of a row that can be searched, or its deletion. A Flink POJO: its fields are its schema. */
public final class SearchRow {
    public String index = "";

    /** The row's key as text. */
    public String key = "";

    public boolean deleted;

    public String title = "";

    public String text = "";

    /** Values as text, without the NULLs; empty for a deletion. */
    public Map<String, String> filters = new HashMap<>();

    /** How many chunks the version before it left in the table. */
    public int chunksBefore;
}
