package io.millrace.compute;

import java.nio.file.Path;

/** Settings of the compute cluster; defaults and units stand in compute.yaml. */
record ComputeSettings(
        String host, int port, int slots, int managedMemoryMebibytes, int networkMemoryMebibytes, Path dataDirectory) {}
