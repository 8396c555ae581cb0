/** Settings, logging and the life of a Millrace program. */
@NullMarked
package io.millrace.service;

import org.jspecify.annotations.NullMarked;
