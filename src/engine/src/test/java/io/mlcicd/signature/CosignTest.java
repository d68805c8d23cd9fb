package io.mlcicd.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digest;
import io.mlcicd.operation.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.EdDSAParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What cosign itself wrote: keys and an attestation among the test data of sigstore/cosign
 * ({@code pkg/cosign/keys_test.go}, {@code pkg/cosign/testdata/oci-attestation.sigstore.json}, {@code
 * pkg/cosign/obsolete_test.go}), and the vectors of the library that it encrypts keys with ({@code
 * encrypted/encrypted_test.go} of secure-systems-lab/go-securesystemslib).
 */
class CosignTest {

    /** {@code pemcosignkey}, with the heading of cosign 1. */
    private static final String KEY = """
            -----BEGIN ENCRYPTED COSIGN PRIVATE KEY-----
            eyJrZGYiOnsibmFtZSI6InNjcnlwdCIsInBhcmFtcyI6eyJOIjozMjc2OCwiciI6
            OCwicCI6MX0sInNhbHQiOiJ4WWdoc09JTUxUWGNOT0RsclNIOUNKc1FlOVFnZmN1
            cmUrMXlLdHh1TlkwPSJ9LCJjaXBoZXIiOnsibmFtZSI6Im5hY2wvc2VjcmV0Ym94
            Iiwibm9uY2UiOiI0cS9PSlVmaXJkSUkrUjZ0ajZBMmcyQ0JqL25xdFNicCJ9LCJj
            aXBoZXJ0ZXh0IjoiKzB4Q3NzcFN0WStBczdKanJpOWtsbHBWd2JhcUI4ZWJNdWto
            eS9aVE1MSXRsL3B1YS9jWVJvbytLRGxMWWdmOW1kSjk4K1FnQW9oTktoYnJPMTcw
            MHdBY1JTMjFDOE4zQUNJRUVZaWpOMllBNnMraGJSbkhjUnd4eGhDMDFtb2FvL0dO
            Y1pmbEJheXZMV3pXblo4d2NDZ2ZpT1o1VXlRTEFJMHh0dnR6dEh3cTdDV1Vhd3V4
            RlhlNDZzck9TUE9SNHN6bytabWErUGovSFE9PSJ9
            -----END ENCRYPTED COSIGN PRIVATE KEY-----
            """;

    /** {@code pemsigstorekey}, with the heading of cosign 2. */
    private static final String NEWER = """
            -----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----
            eyJrZGYiOnsibmFtZSI6InNjcnlwdCIsInBhcmFtcyI6eyJOIjozMjc2OCwiciI6
            OCwicCI6MX0sInNhbHQiOiI3T3VGd2VsbWZZNXVId2NoaURSc210anNwZ2ZlZjFG
            Mk5lOGFDTjVLYVpZPSJ9LCJjaXBoZXIiOnsibmFtZSI6Im5hY2wvc2VjcmV0Ym94
            Iiwibm9uY2UiOiJQNHk4OGhCb3ZTa09MbXN0bFVBaGJwdDJ0K2xTNUxQSCJ9LCJj
            aXBoZXJ0ZXh0IjoiMnB1QzdyZldJOWh3bnJlQ2s4aUZDRlVwQlRrSzRJNlIvbFBF
            cnBDekpXUGpJWXl4eGVIL1A2VW52cFJHdVhla1NNb3JMdGhLamdoQ1JlNy82NDVH
            QWtoVm1LRC92eEF0S2EvbE1abENSQ3FlekJGUFd1dzNpeFRtZ2xhb2J1ZFVSbUVs
            bmNGOGlZbzBTMVl6Y1ZOMVFwY2J2c0dNcUlYRzVlbmdteGp5dCtBcXlyZTF0Q0Y0
            V01tU1BlaEljNlBqd2h1Q2xHaVpJUWRvTGc9PSJ9
            -----END ENCRYPTED SIGSTORE PRIVATE KEY-----
            """;

    @TempDir
    private Path temp;

    private Path file(String content) throws Exception {
        return Files.writeString(temp.resolve("cosign.key"), content);
    }

    @ParameterizedTest
    @CsvSource({
        "32768, WO3mVvyTwJ9vwT5/Tk5OW5WPIBUofMjcpEfrLnfY4uA=, tCy7HcTFr4uxv4Nrg/DWmncuZ148U1MX,"
                + " 08n43p5G5yviPEZpO7tPPF4aZQkWiWjkv4taFdhDBA0tamKH4nw=",
        "65536, FhzPOt9/bJG4PTq6lQ6ecG6GzaOuOy/ynG5+yRiFlNs=, aw1ng1jHaDz/tQ7V2gR9O2+IGQ8xJEuE,"
                + " HycvuLZL4sYH0BrYTh4E/H20VtAW6u5zL5Pr+IBjYLYnCPzDkq8=",
        "131072, m38E3kouJTtiheLQN22NQ8DTito5hrjpUIskqcd375k=, Y6PM13yA+o44pE/W1ZBwczeGnTV/m9Zc,"
                + " 6H8sqj1K6B6yDjtH5AQ6lbFigg/C2yDDJc4rYJ79w9aVPImFIPI=",
    })
    void theVectorsOfItsEncryptionOpen(int cost, String salt, String nonce, String box) throws Exception {
        byte[] content = """
                {"kdf":{"name":"scrypt","params":{"N":%d,"r":8,"p":1},"salt":"%s"},
                 "cipher":{"name":"nacl/secretbox","nonce":"%s"},"ciphertext":"%s"}
                """.formatted(cost, salt, nonce, box).getBytes(StandardCharsets.UTF_8);

        assertThat(CosignKey.opened(content, "supersecret"))
                .asString()
                // The library writes bytes as text in JSON.
                .isEqualTo("\"cmVhbGx5aW1wb3J0YW50\"");
        assertThatThrownBy(() -> CosignKey.opened(content, "supersecreT")).isInstanceOf(GeneralSecurityException.class);
    }

    /** The message in "Cryptography in NaCl", section 10, with its key and nonce. */
    @Test
    void theVectorOfNaclOpens() throws Exception {
        HexFormat hex = HexFormat.of();
        byte[] key = hex.parseHex("1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389");
        byte[] nonce = hex.parseHex("69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37");
        byte[] box = hex.parseHex("f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce48332ea7164d96a4"
                + "476fb8c531a1186ac0dfc17c98dce87b4da7f011ec48c97271d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8a"
                + "b932164548e526ae90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b37973f622a43d14a6"
                + "599b1f654cb45a74e355a5");

        byte[] message = CosignKey.secretbox(box, nonce, key);

        assertThat(hex.formatHex(message))
                .isEqualTo("be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a1ac728d4"
                        + "5e6c61296cdc3c01233561f41db66cce314adb310e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a"
                        + "024a838f21af1fde048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f937763848645e0705");
        box[20] ^= 1;
        assertThatThrownBy(() -> CosignKey.secretbox(box, nonce, key)).isInstanceOf(GeneralSecurityException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {KEY, NEWER})
    void itsKeysSign(String pem) throws Exception {
        Path file = file(pem);

        assertThat(SigningKey.isOfCosign(file)).isTrue();
        assertThat(SigningKey.read(file, Optional.of("hello")).algorithm()).isEqualTo("ECDSA P-256");
    }

    @Test
    void aPasswordThatIsMissingOrWrongIsTold() throws Exception {
        Path file = file(KEY);

        assertThatThrownBy(() -> SigningKey.read(file, Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("COSIGN_PASSWORD");
        assertThatThrownBy(() -> SigningKey.read(file, Optional.of("good-bye")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageEndingWith("cannot be opened with that password")
                .hasMessageNotContaining("good-bye");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "not JSON",
                "{\"kdf\":{\"name\":\"scrypt\",\"params\":{\"N\":1073741824,\"r\":8,\"p\":1},\"salt\":\"AA==\"},"
                        + "\"cipher\":{\"name\":\"nacl/secretbox\",\"nonce\":\"tCy7HcTFr4uxv4Nrg/DWmncuZ148U1MX\"},"
                        + "\"ciphertext\":\"08n43p5G5yviPEZpO7tPPF4aZQkWiWjkv4taFdhDBA0tamKH4nw=\"}",
            })
    void whatItWouldNotWriteIsRefused(String content) throws Exception {
        Path file = file("-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8))
                + "\n-----END ENCRYPTED SIGSTORE PRIVATE KEY-----\n");

        assertThatThrownBy(() -> SigningKey.read(file, Optional.of("password")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot be read as cosign writes keys");
    }

    @Test
    void itsPayloadIsOursByteForByte() {
        byte[] payload = ImageSignature.payload(
                "index.docker.io/namespace/image",
                new Digest("sha256:4aa3054270f7a70b4528f2064ee90961788e1e1518703592ae4463de3b889dec"));

        assertThat(payload)
                .asString()
                .isEqualTo("{\"critical\":{\"identity\":{\"docker-reference\":"
                        + "\"index.docker.io/namespace/image\"},\"image\":{\"docker-manifest-digest\":"
                        + "\"sha256:4aa3054270f7a70b4528f2064ee90961788e1e1518703592ae4463de3b889dec\"},"
                        + "\"type\":\"cosign container image signature\"},\"optional\":null}");
    }

    /** The envelope and the key in the certificate of an attestation that cosign made. */
    @Test
    void itsEnvelopesOpenWithTheKeyAndNotOtherwise() throws Exception {
        Path file = file("""
                -----BEGIN PUBLIC KEY-----
                MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEk/CiYRmA9zsa7ams/+fI+wGeXOFx
                ng4J0wSj1jub7kxArHhGwvgcVE3ubrGXNQB9X3ksG0F+MiXHG8gRzxrr0A==
                -----END PUBLIC KEY-----
                """);
        VerificationKey key = VerificationKey.read(file);
        ObjectNode envelope = Json.mapper().createObjectNode();
        envelope.put("payloadType", "application/vnd.in-toto+json");
        envelope.put(
                "payload",
                "eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjAuMSIsInByZWRpY2F0ZVR5cGUiOiJodHRwcz"
                        + "ovL2Nvc2lnbi5zaWdzdG9yZS5kZXYvYXR0ZXN0YXRpb24vdjEiLCJzdWJqZWN0IjpbeyJuYW1lIjoiMTI3LjAuMC4x"
                        + "OjYwOTQzL3JlcG8iLCJkaWdlc3QiOnsic2hhMjU2IjoiNzMyMTEyMjcwZDdlNTk0MThhOGMwODBiMTM0YjI0Y2FiZD"
                        + "Y3ZDI1MGQwZDAxNDdhOTdlZDk1YmE1YzI4MGFhNCJ9fV0sInByZWRpY2F0ZSI6eyJEYXRhIjoie1wiZm9vXCI6IFwi"
                        + "YmFyXCJ9XG4iLCJUaW1lc3RhbXAiOiIyMDI1LTAyLTI4VDE5OjE4OjExWiJ9fQ==");
        envelope.putArray("signatures")
                .addObject()
                .put(
                        "sig",
                        "MEQCIDomiuYVgNKyfYz/leqvtEY2xuifteigjq+LfShu92BBAiBxixsGZNYBVRhGjX6OZiPQBIoUf+i8VgPh//AT/z4Vgg==");

        Optional<JsonNode> statement = Envelope.opened(envelope, key);

        assertThat(statement.orElseThrow().path("predicateType").asText())
                .isEqualTo("https://cosign.sigstore.dev/attestation/v1");
        envelope.put("payloadType", "application/vnd.in-toto+xml");
        assertThat(Envelope.opened(envelope, key)).isEmpty();
    }

    /** Cosign 2 and later sign the hash with keys of this kind, OpenSSL the message. */
    @Test
    void signaturesOfEd25519OverTheHashHoldToo() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        VerificationKey key = VerificationKey.read(file("-----BEGIN PUBLIC KEY-----\n"
                + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()) + "\n-----END PUBLIC KEY-----\n"));
        byte[] message = "message".getBytes(StandardCharsets.UTF_8);
        for (boolean hashed : new boolean[] {true, false}) {
            Signature signer = Signature.getInstance("Ed25519");
            signer.setParameter(new EdDSAParameterSpec(hashed));
            signer.initSign(pair.getPrivate());
            signer.update(message);
            byte[] signature = signer.sign();

            assertThat(key.verify(message, signature)).isTrue();
            assertThat(key.verify("Message".getBytes(StandardCharsets.UTF_8), signature))
                    .isFalse();
        }
    }
}
