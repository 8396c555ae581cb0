package io.millrace.models.tool;

import io.millrace.models.schema.Schema;

/** A call whose arguments are still to be filled in. */
public record PlannedCall(Tool tool, Schema arguments) {}
