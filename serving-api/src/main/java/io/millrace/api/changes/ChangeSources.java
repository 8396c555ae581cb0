package io.millrace.api.changes;

import io.millrace.api.problem.ProblemCode;
import io.millrace.api.problem.ProblemException;
import io.millrace.changes.ChangeLog;
import io.millrace.changes.StoreException;
import io.millrace.hot.HotChangeLog;
import io.millrace.hot.HotLookup;
import io.millrace.hot.HotStoreException;
import io.millrace.lake.LakeChangeLog;
import io.millrace.lake.LakeChanges;
import io.millrace.service.Nearest;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which store has a table's changes: the hot store when the table is a hot one, or else the lake.
 *
 * @param database the app's, in both
 */
record ChangeSources(
        String database, @Nullable HotLookup hot, @Nullable LakeChanges lake) {
    private static final Logger log = LoggerFactory.getLogger(ChangeSources.class);

    /**
     * A table's changes.
     *
     * @throws ProblemException when there is no such table
     * @throws StoreException when the store that must have it does not answer
     */
    ChangeLog changes(String table) {
        HotStoreException away = null;
        if (hot != null) {
            try {
                Optional<HotChangeLog> changes = hot.changes(table);
                if (changes.isPresent()) {
                    return changes.get();
                }
            } catch (HotStoreException e) {
                away = e;
            }
        }
        // A hot table's copy comes later than the table, and its ids are others.
        Optional<LakeChangeLog> changes = lake == null
                ? Optional.empty()
                : lake.changes(table).filter(found -> hot == null || !found.copyOfHot());
        if (changes.isEmpty()) {
            throw away == null ? noSuchTable(table) : away;
        }
        return changes.get();
    }

    private RuntimeException noSuchTable(String table) {
        Collection<String> known = new TreeSet<>();
        if (hot != null) {
            known.addAll(hot.tables());
        }
        if (lake != null) {
            known.addAll(lake.tables());
        }
        String stores = hot == null
                ? "lake." + database + " has no"
                : lake == null
                        ? "hot." + database + " has no"
                        : "neither hot." + database + " nor lake." + database + " has a";
        return new ProblemException(
                ProblemCode.NO_SUCH_TABLE, stores + " table '" + table + "'" + Nearest.hint(table, known));
    }

    static ProblemException unavailable(StoreException e) {
        log.warn("{}", e.getMessage());
        return new ProblemException(
                e instanceof HotStoreException ? ProblemCode.HOT_STORE_UNAVAILABLE : ProblemCode.LAKE_UNAVAILABLE,
                e.getMessage() + ": try again, or ask a SQL endpoint");
    }
}
