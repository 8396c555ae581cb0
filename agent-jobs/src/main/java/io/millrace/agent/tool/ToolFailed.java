package io.millrace.agent.tool;

/** A tool that was called with wrong arguments or whose query failed; the model is told this reason. */
public final class ToolFailed extends Exception {
    private static final long serialVersionUID = 1L;

    public ToolFailed(String reason) {
        super(reason);
    }
}
