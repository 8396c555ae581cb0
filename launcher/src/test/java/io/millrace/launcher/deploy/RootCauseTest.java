package io.millrace.launcher.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RootCauseTest {
    @Test
    void innermostTwoCausesStandInOneLine() {
        assertThat(FlinkRest.rootCause("""
                org.apache.flink.runtime.JobException: Recovery is suppressed
                	at org.apache.flink.Handler.handle(Handler.java:1)
                Caused by: java.io.IOException: cannot read the checkpoint
                	at org.apache.flink.State.read(State.java:2)
                Caused by: java.nio.file.NoSuchFileException: /chk-1/_metadata
                	... 3 more
                """))
                .isEqualTo("IOException: cannot read the checkpoint — NoSuchFileException: /chk-1/_metadata");
    }

    @Test
    void traceWithoutCausesIsItsFirstLine() {
        assertThat(FlinkRest.rootCause("\njava.lang.IllegalStateException: no slots\n\tat A.b(A.java:1)\n"))
                .isEqualTo("IllegalStateException: no slots");
    }

    @Test
    void linesEscapedInJsonAreLines() {
        assertThat(FlinkRest.rootCause("a.B: outer\\n\\tat A.b(A.java:1)\\nCaused by: c.D: inner\\n"))
                .isEqualTo("B: outer — D: inner");
    }

    @Test
    void nothingStaysNothing() {
        assertThat(FlinkRest.rootCause("")).isEmpty();
    }
}
