package io.millrace.sql.session;

import io.millrace.sql.engine.Engine;
import io.millrace.sql.metadata.InformationSchema;
import io.millrace.sql.metadata.ShowCommands;
import io.millrace.sql.result.ListedRows;
import io.millrace.sql.result.SqlError;
import io.millrace.sql.result.SqlFailure;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The sessions that are open, by the id clients know them by. */
public final class Sessions implements AutoCloseable {
    private final Engine engine;
    private final int queryTimeoutSeconds;
    private final AtomicInteger nextId = new AtomicInteger();
    private final Map<Integer, Session> sessions = new ConcurrentSkipListMap<>();
    private final ShowCommands showCommands;
    private final InformationSchema informationSchema;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "query-timeout");
        thread.setDaemon(true);
        return thread;
    });

    public Sessions(Engine engine, int queryTimeoutSeconds) {
        this.engine = engine;
        this.queryTimeoutSeconds = queryTimeoutSeconds;
        this.showCommands = new ShowCommands(engine.lake(), engine::statistics, this::processes);
        this.informationSchema = new InformationSchema(engine.lake());
    }

    public int nextId() {
        return nextId.incrementAndGet();
    }

    /** @param disconnect closes the client's connection, for KILL */
    public Session open(int id, String user, Runnable disconnect) throws SQLException {
        Session session = new Session(id, user, this, engine.runner(), disconnect);
        sessions.put(id, session);
        return session;
    }

    void closed(int id) {
        sessions.remove(id);
    }

    /**
     * Ends a session's query, or the whole session.
     *
     * @throws SqlFailure 1094 when there is no such session
     */
    public void kill(int id, boolean queryOnly) {
        Session session = sessions.get(id);
        if (session == null) {
            throw new SqlFailure(SqlError.UNKNOWN_THREAD, "session " + id + " does not exist: see SHOW PROCESSLIST");
        }
        session.kill(queryOnly);
    }

    private List<List<@Nullable Object>> processes() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Session session : sessions.values()) {
            Session.Activity activity = session.activity();
            rows.add(ListedRows.row(
                    (long) session.connectionId(),
                    session.user(),
                    "",
                    session.database(),
                    activity.statement().isEmpty() ? "Sleep" : "Query",
                    activity.seconds(),
                    "",
                    activity.statement()));
        }
        return rows;
    }

    Engine engine() {
        return engine;
    }

    ShowCommands showCommands() {
        return showCommands;
    }

    InformationSchema informationSchema() {
        return informationSchema;
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    int queryTimeoutSeconds() {
        return queryTimeoutSeconds;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
