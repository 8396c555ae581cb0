/** Pictures: looked at before they are decoded, and decoded no larger than needed. */
@NullMarked
package io.millrace.reader.image;

import org.jspecify.annotations.NullMarked;
