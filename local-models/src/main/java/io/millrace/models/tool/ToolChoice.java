package io.millrace.models.tool;

/**
 * Whether a tool is to be called.
 *
 * @param name of the tool to call when it is named, else empty
 */
public record ToolChoice(Mode mode, String name) {
    /** How free the choice is. */
    public enum Mode {
        NONE,
        /** One when it fits. */
        AUTO,
        /** The one that fits best. */
        REQUIRED,
        NAMED
    }
}
