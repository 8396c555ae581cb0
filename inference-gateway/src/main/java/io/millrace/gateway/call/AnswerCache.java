package io.millrace.gateway.call;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;

/** Answers of the ledger kept in memory, by the identity of their first attempt, up to a weight. */
final class AnswerCache {
    /** What an entry weighs besides its body, roughly. */
    private static final int ENTRY_BYTES = 512;

    private final Cache<String, CallAnswer> answers;

    AnswerCache(long maxBytes) {
        answers = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((String identity, CallAnswer answer) ->
                        ENTRY_BYTES + 2 * answer.body().length())
                .executor(Runnable::run)
                .build();
    }

    Optional<CallAnswer> find(String identity) {
        return Optional.ofNullable(answers.getIfPresent(identity));
    }

    void keep(String identity, CallAnswer answer) {
        answers.put(identity, answer.asHit());
    }
}
