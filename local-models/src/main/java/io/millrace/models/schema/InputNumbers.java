package io.millrace.models.schema;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The numbers a text holds, as JSON writes them, in order of appearance. A small model invents numbers; fields held to
 * these cannot be invented.
 *
 * @param integers without fraction; {@code 1,299} counts as 1299 and as its parts
 * @param decimals all numbers, with and without fraction
 */
public record InputNumbers(List<String> integers, List<String> decimals) {
    private static final Pattern NUMBER = Pattern.compile(
            "(?:(?<=^|[\\s(\\[=:])-)?(?<![\\w.])(\\d{1,3}(?:,\\d{3})+|\\d{1,15})(\\.\\d{1,9})?(?![\\w]|\\.\\d)");

    public InputNumbers {
        integers = List.copyOf(integers);
        decimals = List.copyOf(decimals);
    }

    public static InputNumbers of(String text) {
        Set<String> integers = new LinkedHashSet<>();
        Set<String> decimals = new LinkedHashSet<>();
        NUMBER.matcher(text).results().forEach(found -> {
            String sign = found.group().startsWith("-") ? "-" : "";
            String fraction = found.group(2) == null ? "" : found.group(2);
            String whole = found.group(1);
            String joined = sign + Long.parseLong(whole.replace(",", ""));
            decimals.add(joined + fraction);
            if (fraction.isEmpty()) {
                integers.add(joined.equals("-0") ? "0" : joined);
                if (whole.contains(",")) {
                    for (String part : whole.split(",")) {
                        integers.add(Long.toString(Long.parseLong(part)));
                    }
                }
            }
        });
        return new InputNumbers(List.copyOf(integers), List.copyOf(decimals));
    }
}
