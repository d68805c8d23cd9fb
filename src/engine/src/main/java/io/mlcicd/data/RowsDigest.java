package io.mlcicd.data;

import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The digest of rows that come in no order of their own: SHA-256 of the columns' names and types, the number of rows, and
 * the sum of the rows' own SHA-256 digests modulo 2^256. The same rows have the same digest in whatever order they were
 * read, and one value changed, one row more or less, or a column of another name or type gives another. It guards
 * against accidents; unlike a file's digest it does not withstand somebody who composes rows in order to deceive (the
 * sum is the set hash AdHash of Bellare and Micciancio, "A New Paradigm for Collision-Free Hashing", EUROCRYPT 1997,
 * with a modulus that Wagner's generalized birthday attack of 2002 can overcome).
 */
final class RowsDigest {

    private final MessageDigest sha = sha256();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream row = new DataOutputStream(bytes);
    private final int[] sum = new int[8];
    private long rows;
    private long size;

    /** Adds a value to the row: null, a boolean, a long, a double, a text or bytes. */
    void add(Object value) {
        try {
            if (value == null) {
                row.writeByte('0');
            } else if (value instanceof Boolean truth) {
                row.writeByte(truth ? 't' : 'f');
            } else if (value instanceof Long number) {
                row.writeByte('l');
                row.writeLong(number);
            } else if (value instanceof Double number) {
                row.writeByte('d');
                row.writeDouble(number);
            } else {
                byte[] content =
                        value instanceof byte[] raw ? raw : value.toString().getBytes(StandardCharsets.UTF_8);
                row.writeByte('s');
                row.writeInt(content.length);
                row.write(content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the row. */
    void endRow() {
        size += bytes.size();
        rows++;
        addToSum(sha.digest(bytes.toByteArray()));
        bytes.reset();
    }

    private void addToSum(byte[] digest) {
        long carry = 0;
        for (int i = sum.length - 1; i >= 0; i--) {
            int at = 4 * i;
            int word = (digest[at] & 0xff) << 24
                    | (digest[at + 1] & 0xff) << 16
                    | (digest[at + 2] & 0xff) << 8
                    | (digest[at + 3] & 0xff);
            carry += Integer.toUnsignedLong(sum[i]) + Integer.toUnsignedLong(word);
            sum[i] = (int) carry;
            carry >>>= 32;
        }
    }

    /** The bytes of all values, as they were digested. */
    long size() {
        return size;
    }

    /** The digest of the rows so far, as rows of these columns. */
    Digest of(String columns) {
        BigInteger total = BigInteger.ZERO;
        for (int word : sum) {
            total = total.shiftLeft(32).or(BigInteger.valueOf(Integer.toUnsignedLong(word)));
        }
        String text = "%s%n%d%n%064x%n".replace("%n", "\n").formatted(columns, rows, total);
        return Digests.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
