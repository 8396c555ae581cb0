package io.millrace.ingestion.media.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A staged content read again. That the lake's store fails is no fault of what is read, so it is no IOException. */
final class StagedStream extends InputStream {
    private final Staging.StagedFile file;
    private final InputStream in;

    StagedStream(Staging.StagedFile file) {
        this.file = file;
        try {
            in = file.open();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public int read() {
        try {
            return in.read();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        try {
            return in.read(buffer, offset, length);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private UncheckedIOException failed(IOException e) {
        return new UncheckedIOException("staged content " + file.uri() + " cannot be read again", e);
    }
}
