package io.mlcicd.spark.driver;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A socket's two directions. Those that Java makes of a channel share a lock: who waits for input could not write. */
public final class SocketStreams {

    private static final int BUFFER = 1 << 16;

    private SocketStreams() {}

    /** What the other end says. */
    public static DataInputStream in(SocketChannel channel) {
        return new DataInputStream(new BufferedInputStream(
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        byte[] one = new byte[1];
                        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        return length == 0 ? 0 : channel.read(ByteBuffer.wrap(bytes, offset, length));
                    }
                },
                BUFFER));
    }

    /** What is said to the other end. */
    public static DataOutputStream out(SocketChannel channel) {
        return new DataOutputStream(new BufferedOutputStream(
                new OutputStream() {
                    @Override
                    public void write(int value) throws IOException {
                        write(new byte[] {(byte) value}, 0, 1);
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) throws IOException {
                        ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
                        while (rest.hasRemaining()) {
                            channel.write(rest);
                        }
                    }
                },
                BUFFER));
    }
}
