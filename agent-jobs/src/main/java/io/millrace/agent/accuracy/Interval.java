package io.millrace.agent.accuracy;

/** Where a share that was measured on some cases truly lies. */
record Interval(double low, double high) {
    private static final double Z95 = 1.959964;

    /** Wilson's interval, 95 %. */
    static Interval wilson(int right, int of) {
        double share = (double) right / of;
        double z2 = Z95 * Z95 / of;
        double middle = (share + z2 / 2) / (1 + z2);
        double reach = Z95 / (1 + z2) * Math.sqrt(share * (1 - share) / of + z2 / (4 * of));
        return new Interval(middle - reach, middle + reach);
    }
}
