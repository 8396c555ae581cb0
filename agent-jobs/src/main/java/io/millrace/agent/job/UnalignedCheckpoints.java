package io.millrace.agent.job;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;

/**
 * Unaligned checkpoints for a job with Paimon sinks.
 *
 * <p>An agent holds its task for whole model calls, so barriers must overtake the rows that wait before it. Paimon refuses
 * jobs with unaligned checkpoints, because what its writers hand to its committer belongs to one checkpoint: those edges
 * alone stay aligned here, as Flink's own sinks do it.
 */
final class UnalignedCheckpoints {
    private UnalignedCheckpoints() {}

    /** To be called when the sinks are there; the graph is what is to be executed. */
    static StreamGraph enable(StreamExecutionEnvironment streams) {
        streams.getCheckpointConfig().enableUnalignedCheckpoints();
        StreamGraph graph = streams.getStreamGraph();
        int aligned = 0;
        for (StreamNode node : graph.getStreamNodes()) {
            if (node.getOperatorName().contains("Committer")) {
                for (StreamEdge edge : node.getInEdges()) {
                    edge.setSupportsUnalignedCheckpoints(false);
                    aligned++;
                }
            }
        }
        if (aligned == 0) {
            throw new IllegalStateException("no committer of Paimon among "
                    + graph.getStreamNodes().stream()
                            .map(StreamNode::getOperatorName)
                            .toList());
        }
        return graph;
    }
}
