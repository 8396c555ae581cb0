package io.millrace.launcher.supervise;

import io.millrace.launcher.layout.DataFolder;
import java.util.ArrayList;
import java.util.List;

/** Keeps a set of programs running. */
public final class Supervisor implements AutoCloseable {
    private static final long END_LIMIT_MILLIS = 20_000;

    private final DataFolder data;
    private final Runnable onChange;
    private final List<SupervisedProgram> programs = new ArrayList<>();

    /** @param onChange runs, on any thread, whenever a program starts, becomes ready or ends */
    public Supervisor(DataFolder data, Runnable onChange) {
        this.data = data;
        this.onChange = onChange;
    }

    /** Starts a program and keeps it running; returns at once. */
    public synchronized void keep(ProgramSpec spec) {
        SupervisedProgram program = new SupervisedProgram(spec, data, onChange);
        programs.add(program);
        program.start();
    }

    /** How the programs stand, in the order they were started. */
    public synchronized List<ProgramStatus> status() {
        return programs.stream()
                .map(program -> new ProgramStatus(
                        program.spec().name(),
                        program.state().name().toLowerCase(java.util.Locale.ROOT),
                        program.pid(),
                        program.spec().port(),
                        program.restarts()))
                .toList();
    }

    /** Whether the program is ready. */
    public boolean ready(String name) {
        return programs(name).stream().anyMatch(program -> program.state() == SupervisedProgram.State.READY);
    }

    /** Ends a program so that it starts again with what its files say now; returns when the old one has ended. */
    public void restart(String name) {
        programs(name).forEach(program -> program.restart(END_LIMIT_MILLIS));
    }

    private synchronized List<SupervisedProgram> programs(String name) {
        return programs.stream()
                .filter(program -> program.spec().name().equals(name))
                .toList();
    }

    /** Ends the programs, the last started first. */
    @Override
    public void close() {
        List<SupervisedProgram> ending;
        synchronized (this) {
            ending = new ArrayList<>(programs);
        }
        for (int i = ending.size() - 1; i >= 0; i--) {
            ending.get(i).end(END_LIMIT_MILLIS);
        }
    }
}
