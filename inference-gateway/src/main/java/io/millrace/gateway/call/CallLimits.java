package io.millrace.gateway.call;

/**
 * What bounds calls.
 *
 * @param maxAttempts attempts at an answer that is not rejected
 * @param queueSeconds how long a call waits for a slot of its model
 * @param revisionSeconds how old a model's revision may be before it is asked for again
 * @param cacheBytes memory for answers
 */
public record CallLimits(int maxAttempts, int queueSeconds, int revisionSeconds, long cacheBytes) {}
