/** What a statement answers with, whoever made it. */
@NullMarked
package io.millrace.sql.result;

import org.jspecify.annotations.NullMarked;
