package io.millrace.launcher.deploy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Speaks as much of MySQL's protocol as Connector/J needs, checks root's password and keeps the statements it gets. */
final class StandInMySql implements AutoCloseable {
    private static final byte[] NONCE = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OK = {0, 0, 0, 2, 0, 0, 0};
    private static final byte[] END = {(byte) 0xfe, 0, 0, 2, 0};
    private static final int CAPABILITIES = 0x8a209;
    private static final Pattern VARIABLE = Pattern.compile("@@(?:session\\.)?(\\w+)(?:\\s+AS\\s+(\\w+))?");

    final List<String> statements = new CopyOnWriteArrayList<>();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ServerSocket server;
    private final Function<String, @Nullable String> refusal;
    private volatile String password;

    /** @param refusal what is said against a statement, or null when it is taken */
    StandInMySql(int port, String password, Function<String, @Nullable String> refusal) throws IOException {
        this.server = new ServerSocket(port, 16, InetAddress.getLoopbackAddress());
        this.password = password;
        this.refusal = refusal;
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException e) {
            threads.shutdownNow();
        }
    }

    private void serve(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            send(out, 0, greeting());
            if (!allowed(receive(in))) {
                send(out, 2, error(1045, "28000", "Access denied for user 'root'"));
                return;
            }
            send(out, 2, OK);
            while (true) {
                byte[] command = receive(in);
                if (command[0] == 1) {
                    return;
                }
                if (command[0] == 3) {
                    answer(out, new String(command, 1, command.length - 1, StandardCharsets.UTF_8));
                } else {
                    send(out, 1, OK);
                }
            }
        } catch (IOException e) {
            // The client went away.
        }
    }

    private void answer(OutputStream out, String sql) throws IOException {
        if (sql.contains("@@")) {
            variables(out, sql);
            return;
        }
        boolean drivers = sql.startsWith("SET ") && !sql.startsWith("SET PASSWORD");
        String reason = drivers ? null : refusal.apply(sql);
        if (reason != null) {
            send(out, 1, error(1105, "HY000", reason));
            return;
        }
        if (!drivers) {
            statements.add(sql);
        }
        Matcher first = Pattern.compile("SET PASSWORD = PASSWORD\\('(.*)'\\)").matcher(sql);
        if (first.matches()) {
            password = first.group(1).replace("''", "'").replace("\\\\", "\\");
        }
        send(out, 1, OK);
    }

    /** One row with what the driver asks at its start. */
    private static void variables(OutputStream out, String sql) throws IOException {
        List<String> names = new ArrayList<>();
        ByteArrayOutputStream row = new ByteArrayOutputStream();
        Matcher variable = VARIABLE.matcher(sql);
        while (variable.find()) {
            names.add(variable.group(2) == null ? "@@" + variable.group(1) : variable.group(2));
            row.writeBytes(text(value(variable.group(1))));
        }
        int sequence = 1;
        send(out, sequence++, new byte[] {(byte) names.size()});
        for (String name : names) {
            ByteArrayOutputStream column = new ByteArrayOutputStream();
            for (String part : List.of("def", "", "", "", name, "")) {
                column.writeBytes(text(part));
            }
            column.writeBytes(new byte[] {0x0c, 33, 0, 0, 1, 0, 0, (byte) 0xfd, 0, 0, 0, 0, 0});
            send(out, sequence++, column.toByteArray());
        }
        send(out, sequence++, END);
        send(out, sequence++, row.toByteArray());
        send(out, sequence, END);
    }

    private static String value(String variable) {
        if (variable.startsWith("character_set")) {
            return "utf8mb4";
        }
        return switch (variable) {
            case "collation_server", "collation_connection" -> "utf8mb4_general_ci";
            case "time_zone", "system_time_zone" -> "UTC";
            case "transaction_isolation", "tx_isolation" -> "REPEATABLE-READ";
            case "max_allowed_packet", "net_buffer_length" -> "16777216";
            case "transaction_read_only", "tx_read_only" -> "0";
            case "sql_mode", "init_connect", "license" -> "";
            default -> "1";
        };
    }

    private static byte[] greeting() {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(10);
        packet.writeBytes("5.7.99\0".getBytes(StandardCharsets.US_ASCII));
        packet.writeBytes(new byte[] {1, 0, 0, 0});
        packet.write(NONCE, 0, 8);
        packet.write(0);
        packet.writeBytes(new byte[] {(byte) CAPABILITIES, (byte) (CAPABILITIES >> 8), 33, 2, 0});
        packet.writeBytes(new byte[] {(byte) (CAPABILITIES >> 16), 0, 21});
        packet.writeBytes(new byte[10]);
        packet.write(NONCE, 8, 12);
        packet.write(0);
        packet.writeBytes("mysql_native_password\0".getBytes(StandardCharsets.US_ASCII));
        return packet.toByteArray();
    }

    private boolean allowed(byte[] response) {
        int position = 32;
        while (response[position] != 0) {
            position++;
        }
        int length = response[position + 1];
        return Arrays.equals(Arrays.copyOfRange(response, position + 2, position + 2 + length), scramble(password));
    }

    private static byte[] scramble(String password) {
        if (password.isEmpty()) {
            return new byte[0];
        }
        byte[] once = sha1(password.getBytes(StandardCharsets.UTF_8));
        byte[] salted = sha1(NONCE, sha1(once));
        for (int i = 0; i < once.length; i++) {
            once[i] ^= salted[i];
        }
        return once;
    }

    private static byte[] sha1(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] error(int code, String state, String message) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.writeBytes(new byte[] {(byte) 0xff, (byte) code, (byte) (code >> 8)});
        packet.writeBytes(("#" + state + message).getBytes(StandardCharsets.UTF_8));
        return packet.toByteArray();
    }

    private static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] prefixed = new byte[bytes.length + 1];
        prefixed[0] = (byte) bytes.length;
        System.arraycopy(bytes, 0, prefixed, 1, bytes.length);
        return prefixed;
    }

    private static byte[] receive(DataInputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            throw new EOFException();
        }
        int length = first | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
        in.readByte();
        return in.readNBytes(length);
    }

    private static void send(OutputStream out, int sequence, byte[] payload) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.writeBytes(new byte[] {
            (byte) payload.length, (byte) (payload.length >> 8), (byte) (payload.length >> 16), (byte) sequence
        });
        packet.writeBytes(payload);
        out.write(packet.toByteArray());
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
