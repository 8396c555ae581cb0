package io.millrace.agent.job;

import java.io.Serializable;

/** A column of a row that is written; the type is SQL's. */
record Field(String name, String type) implements Serializable {}
