package io.millrace.agent.trigger;

import org.jspecify.annotations.Nullable;

/** A row of another table that belongs to a trigger row, or no longer does. A Flink POJO: its fields are its schema. */
public final class Attachment {
    /** Its own primary key as text. */
    public String id = "";

    /** The key of the row it belongs to as text; null when it belongs to none. */
    public @Nullable String key;

    /** What it says; empty when it is gone. */
    public String text = "";

    /** Whether the row at {@link #key} has it no longer. */
    public boolean gone;
}
