package io.millrace.gateway.call;

/** A caller who wants chunks while they come. */
public record LiveCaller(EventSink sink, boolean withUsage) {}
