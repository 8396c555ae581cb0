/** The promises of the platform, each in a test that can fail. */
@NullMarked
package io.millrace.system;

import org.jspecify.annotations.NullMarked;
