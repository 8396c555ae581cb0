package io.millrace.launcher.supervise;

/**
 * How a program stands.
 *
 * @param state starting, ready, restarting or ended
 * @param pid 0 when it does not run
 * @param port 0 when it listens nowhere
 * @param restarts how often it was started again since the launcher started
 */
public record ProgramStatus(String name, String state, long pid, int port, int restarts) {}
