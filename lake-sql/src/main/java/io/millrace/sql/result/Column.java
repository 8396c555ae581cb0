package io.millrace.sql.result;

/** A column of an answer. */
public record Column(String name, ColumnType type) {}
