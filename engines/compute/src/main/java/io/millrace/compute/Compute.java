package io.millrace.compute;

import io.millrace.service.Program;

/** Runs the Flink cluster until told to end. */
public final class Compute {
    private Compute() {}

    public static void main(String[] arguments) {
        Program.run("compute", ComputeSettings.class, arguments, settings -> {
            FlinkCluster.start(settings);
            return Compute::endAsInACrash;
        });
    }

    /** Jobs torn down in order would remove files of ForSt that their newest checkpoints still name. */
    private static void endAsInACrash() {}
}
