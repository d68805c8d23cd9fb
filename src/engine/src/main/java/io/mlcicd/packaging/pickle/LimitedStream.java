package io.mlcicd.packaging.pickle;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends with an error where something small would become endless when it is decompressed. */
final class LimitedStream extends FilterInputStream {

    private final long most;
    private long read;

    LimitedStream(InputStream in, long most) {
        super(in);
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        int octet = super.read();
        count(octet < 0 ? 0 : 1);
        return octet;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int count = super.read(buffer, from, length);
        count(Math.max(0, count));
        return count;
    }

    private void count(long bytes) throws IOException {
        read += bytes;
        if (read > most) {
            throw new PickleProblem("it is longer than %d bytes once decompressed".formatted(most));
        }
    }
}
