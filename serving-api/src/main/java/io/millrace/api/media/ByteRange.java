package io.millrace.api.media;

import io.millrace.api.problem.ProblemCode;
import io.millrace.api.problem.ProblemException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a content.
 *
 * @param first offset of its first byte
 * @param length in bytes
 */
record ByteRange(long first, long length) {
    /** More digits than a long has are a range beyond any content. */
    private static final Pattern SINGLE =
            Pattern.compile("bytes=[ \\t]*(\\d*)-(\\d*)[ \\t]*", Pattern.CASE_INSENSITIVE);

    /**
     * The range a header asks for, null for the whole: when there is no header, several ranges, another unit, or no
     * range at all.
     *
     * @throws ProblemException when the content has no byte of it
     */
    static @Nullable ByteRange of(@Nullable String header, long size) {
        Matcher range = SINGLE.matcher(header == null ? "" : header);
        if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
            return null;
        }
        if (range.group(1).isEmpty()) {
            long length = Math.min(number(range.group(2)), size);
            return satisfiable(size - length, length, size);
        }
        long first = number(range.group(1));
        long last = range.group(2).isEmpty() ? Long.MAX_VALUE : number(range.group(2));
        if (last < first) {
            return null;
        }
        return satisfiable(first, Math.min(last, size - 1) - first + 1, size);
    }

    private static ByteRange satisfiable(long first, long length, long size) {
        if (first >= size || length <= 0) {
            throw new ProblemException(
                    ProblemCode.RANGE_NOT_SATISFIABLE,
                    "the content has " + size + " bytes: none in the range asked for");
        }
        return new ByteRange(first, length);
    }

    private static long number(String digits) {
        return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    /** As Content-Range has it. */
    String header(long size) {
        return "bytes " + first + "-" + (first + length - 1) + "/" + size;
    }
}
