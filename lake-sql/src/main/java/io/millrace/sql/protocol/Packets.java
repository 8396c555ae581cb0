package io.millrace.sql.protocol;

import io.millrace.sql.result.SqlFailure;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** Packets over a socket: numbered, and split where they are longer than 16 MiB less one byte. */
final class Packets implements Closeable {
    static final int MOST_BYTES_OF_ONE = 0xffffff;
    static final int AUTOCOMMIT = 2;
    static final int CURSOR_EXISTS = 64;
    static final int LAST_ROW_SENT = 128;

    /** What a client may send at most; the value of max_allowed_packet. */
    private static final int MOST_BYTES_RECEIVED = 64 << 20;

    private static final int BUFFER_BYTES = 1 << 16;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private int sequence;

    Packets(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES);
    }

    /** @throws EOFException when the client has left */
    PacketReader receive() throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        int length;
        do {
            byte[] header = exactly(4);
            length = (header[0] & 255) | ((header[1] & 255) << 8) | ((header[2] & 255) << 16);
            sequence = (header[3] & 255) + 1;
            if (content.size() + length > MOST_BYTES_RECEIVED) {
                throw new IOException("a client sent more than max_allowed_packet = " + MOST_BYTES_RECEIVED + " bytes");
            }
            content.writeBytes(exactly(length));
        } while (length == MOST_BYTES_OF_ONE);
        return new PacketReader(content.toByteArray());
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the client has left");
        }
        return bytes;
    }

    void send(PacketBuilder packet) throws IOException {
        byte[] content = packet.build();
        int at = 0;
        int length;
        do {
            length = Math.min(MOST_BYTES_OF_ONE, content.length - at);
            out.write(length);
            out.write(length >> 8);
            out.write(length >> 16);
            out.write(sequence++);
            out.write(content, at, length);
            at += length;
            // a content of exactly the most bytes is followed by an empty packet
        } while (length == MOST_BYTES_OF_ONE);
    }

    void sendOk() throws IOException {
        send(new PacketBuilder()
                .integer(0, 1)
                .lengthEncoded(0)
                .lengthEncoded(0)
                .integer(AUTOCOMMIT, 2)
                .integer(0, 2));
    }

    void sendEnd() throws IOException {
        sendEnd(AUTOCOMMIT);
    }

    void sendEnd(int status) throws IOException {
        send(new PacketBuilder().integer(0xfe, 1).integer(0, 2).integer(status, 2));
    }

    void sendFailure(SqlFailure failure) throws IOException {
        send(new PacketBuilder()
                .integer(0xff, 1)
                .integer(failure.error().code(), 2)
                .raw("#" + failure.error().state())
                .raw(String.valueOf(failure.getMessage())));
    }

    void flush() throws IOException {
        out.flush();
    }

    void setTimeoutMillis(int timeoutMillis) throws IOException {
        socket.setSoTimeout(timeoutMillis);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
