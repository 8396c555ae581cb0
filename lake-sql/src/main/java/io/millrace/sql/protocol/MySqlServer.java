package io.millrace.sql.protocol;

import io.millrace.sql.result.SqlError;
import io.millrace.sql.result.SqlFailure;
import io.millrace.sql.session.Sessions;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens, and serves each client on a thread of its own. */
public final class MySqlServer implements Closeable {
    private static final Logger log = LoggerFactory.getLogger(MySqlServer.class);

    private final ServerSocket listener;
    private final Sessions sessions;
    private final Account account;
    private final int maxConnections;
    private final Semaphore free;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> daemon(task, "client"));

    private MySqlServer(ServerSocket listener, Sessions sessions, Account account, int maxConnections) {
        this.listener = listener;
        this.sessions = sessions;
        this.account = account;
        this.maxConnections = maxConnections;
        this.free = new Semaphore(maxConnections);
    }

    /** @param port 0 takes a free one */
    public static MySqlServer listen(String host, int port, Sessions sessions, Account account, int maxConnections)
            throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        MySqlServer server = new MySqlServer(listener, sessions, account, maxConnections);
        daemon(server::accept, "listener").start();
        return server;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    public int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    log.warn("a client could not connect: {}", e.getMessage());
                }
            }
        }
    }

    private void serve(Socket socket) {
        clients.add(socket);
        boolean admitted = free.tryAcquire();
        try (socket;
                Packets packets = new Packets(socket)) {
            socket.setTcpNoDelay(true);
            if (admitted) {
                new ClientConnection(packets, sessions, account).serve();
            } else {
                packets.sendFailure(new SqlFailure(
                        SqlError.TOO_MANY_CONNECTIONS,
                        "all " + maxConnections + " connections are taken: close some, or raise maxConnections"));
                packets.flush();
            }
        } catch (EOFException | SocketException e) {
            log.debug("a client left: {}", e.getMessage());
        } catch (IOException | SQLException | RuntimeException e) {
            log.warn("a connection broke", e);
        } finally {
            clients.remove(socket);
            if (admitted) {
                free.release();
            }
        }
    }

    /** Disconnects every client. */
    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket client : clients) {
            client.close();
        }
        threads.shutdownNow();
    }
}
