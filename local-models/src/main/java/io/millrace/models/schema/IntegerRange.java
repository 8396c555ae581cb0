package io.millrace.models.schema;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Grammars of the integers between two bounds. */
final class IntegerRange {
    /** Where a bound is missing. */
    private static final BigInteger FAR = BigInteger.TEN.pow(15).subtract(BigInteger.ONE);

    private IntegerRange() {}

    static String between(@Nullable BigInteger minimum, @Nullable BigInteger maximum) {
        BigInteger least = minimum == null ? FAR.negate().min(maximum == null ? FAR : maximum) : minimum;
        BigInteger most = maximum == null ? FAR.max(least) : maximum;
        List<String> options = new ArrayList<>();
        if (least.signum() < 0) {
            BigInteger nearest = most.signum() < 0 ? most.negate() : BigInteger.ONE;
            options.add("\"-\" " + natural(nearest, least.negate()));
        }
        if (most.signum() >= 0) {
            options.add(natural(least.max(BigInteger.ZERO), most));
        }
        return "(" + String.join(" | ", options) + ")";
    }

    private static String natural(BigInteger least, BigInteger most) {
        List<String> options = new ArrayList<>();
        String low = least.toString();
        String high = most.toString();
        while (low.length() < high.length()) {
            options.add(sameLength(low, "9".repeat(low.length())));
            low = "1" + "0".repeat(low.length());
        }
        options.add(sameLength(low, high));
        return "(" + String.join(" | ", options) + ")";
    }

    private static String sameLength(String low, String high) {
        if (low.isEmpty()) {
            return "";
        }
        int rest = low.length() - 1;
        String zeros = "0".repeat(rest);
        String nines = "9".repeat(rest);
        char first = low.charAt(0);
        char last = high.charAt(0);
        String lowRest = low.substring(1);
        String highRest = high.substring(1);
        if (lowRest.equals(zeros) && highRest.equals(nines)) {
            return "[" + first + "-" + last + "]" + (rest == 0 ? "" : " [0-9]{" + rest + "}");
        }
        if (first == last) {
            return "\"" + first + "\" " + sameLength(lowRest, highRest);
        }
        List<String> options = new ArrayList<>();
        options.add("\"" + first + "\" " + sameLength(lowRest, nines));
        if (last - first > 1) {
            options.add("[" + (char) (first + 1) + "-" + (char) (last - 1) + "]" + " [0-9]{" + rest + "}");
        }
        options.add("\"" + last + "\" " + sameLength(zeros, highRest));
        return "(" + String.join(" | ", options) + ")";
    }
}
