package io.millrace.gateway.provider;

/**
 * The revision of a model.
 *
 * @param text what the provider tells, or ""
 * @param known false when the provider could not be asked and the text is only the best guess
 */
public record Revision(String text, boolean known) {}
