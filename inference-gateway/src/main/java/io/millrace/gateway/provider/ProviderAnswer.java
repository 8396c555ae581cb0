package io.millrace.gateway.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A whole answer with status 200: its text, and what the text says. */
public record ProviderAnswer(String text, ObjectNode document) {}
