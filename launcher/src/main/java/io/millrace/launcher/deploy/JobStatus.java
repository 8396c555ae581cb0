package io.millrace.launcher.deploy;

/**
 * How a job stands after a look at it.
 *
 * @param state Flink's, in lower case; or submitted, not submitted, refused
 * @param message why it is not running, or empty
 */
public record JobStatus(String name, String jobId, String state, String message) {}
