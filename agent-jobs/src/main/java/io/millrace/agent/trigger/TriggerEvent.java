package io.millrace.agent.trigger;

import java.util.HashMap;
import java.util.Map;

/** A version of a trigger row, or its deletion. A Flink POJO: its fields are its schema. */
public final class TriggerEvent {
    /** The row's key as text. */
    public String key = "";

    /** Position of the change in the source's log; of the last one for a deletion. */
    public long version;

    /** When the source committed the change. */
    public long sourceMillis;

    public boolean deleted;

    /** Whether the row itself is as before, and what is attached to it has changed. */
    public boolean attached;

    /** The row's columns as text, NULL kept; empty for a deletion. */
    public Map<String, String> row = new HashMap<>();
}
