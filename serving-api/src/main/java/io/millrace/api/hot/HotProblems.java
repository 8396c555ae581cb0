package io.millrace.api.hot;

import io.millrace.api.problem.ProblemCode;
import io.millrace.api.problem.ProblemException;
import io.millrace.hot.HotLookup;
import io.millrace.hot.HotStoreException;
import io.millrace.service.Nearest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be wrong with every request to the hot store. */
final class HotProblems {
    private static final Logger log = LoggerFactory.getLogger(HotProblems.class);

    private HotProblems() {}

    static ProblemException noSuchTable(String database, String name, HotLookup store) {
        return new ProblemException(
                ProblemCode.NO_SUCH_TABLE,
                "hot." + database + " has no table '" + name + "'" + Nearest.hint(name, store.tables()));
    }

    static ProblemException unavailable(HotStoreException e) {
        log.warn("{}", e.getMessage());
        return new ProblemException(
                ProblemCode.HOT_STORE_UNAVAILABLE, e.getMessage() + ": try again, or ask a SQL endpoint");
    }
}
