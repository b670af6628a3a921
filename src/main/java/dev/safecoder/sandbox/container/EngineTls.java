package dev.safecoder.sandbox.container;

import dev.safecoder.sandbox.container.EngineAddress.Tcp;
import dev.safecoder.sandbox.container.EngineAddress.TlsFiles;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS as docker sets it up: {@code ca.pem} decides whom we believe, {@code cert.pem} and {@code
 * key.pem} (PKCS #8) say who we are; each may be absent.
 */
final class EngineTls {
    private static final char[] NO_PASSWORD = {};

    private final TlsFiles files;

    EngineTls(TlsFiles files) {
        this.files = files;
    }

    /** Wraps a connected socket; the handshake is done. */
    SSLSocket connect(Tcp address, Socket plain) throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(keys(), trust(), null);
            var factory = context.getSocketFactory();
            var socket =
                    (SSLSocket) factory.createSocket(plain, address.host(), address.port(), true);
            if (files.verification() == TlsFiles.Verification.FULL) {
                var parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
            }
            socket.startHandshake();
            return socket;
        } catch (GeneralSecurityException e) {
            plain.close();
            throw new IOException(
                    "the keys in '%s' cannot be used: %s".formatted(files.folder(), e), e);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private KeyManager[] keys() throws IOException, GeneralSecurityException {
        var key = files.folder().resolve("key.pem");
        if (!Files.exists(key)) {
            return new KeyManager[0];
        }
        var chain = certificates(files.folder().resolve("cert.pem"));
        var store = emptyStore();
        store.setKeyEntry("client", privateKey(key, chain), NO_PASSWORD, chain);
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private TrustManager[] trust() throws IOException, GeneralSecurityException {
        if (files.verification() == TlsFiles.Verification.NONE) {
            return new TrustManager[] {new AnyCertificate()};
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        var authority = files.folder().resolve("ca.pem");
        KeyStore store = null; // the system's own authorities
        if (Files.exists(authority)) {
            store = emptyStore();
            for (var certificate : certificates(authority)) {
                store.setCertificateEntry("ca" + store.size(), certificate);
            }
        }
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static Certificate[] certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (var bytes = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(bytes)
                    .toArray(Certificate[]::new);
        }
    }

    private static PrivateKey privateKey(Path file, Certificate[] chain)
            throws IOException, GeneralSecurityException {
        var text = Files.readString(file, StandardCharsets.US_ASCII);
        if (!text.contains("-----BEGIN PRIVATE KEY-----")) {
            throw new IOException(
                    "'%s' is not in PKCS #8: convert it with `openssl pkcs8 -topk8 -nocrypt`"
                            .formatted(file));
        }
        var body = text.replaceAll("(?s).*-----BEGIN PRIVATE KEY-----|-----END.*", "");
        var bytes = Base64.getMimeDecoder().decode(body);
        var algorithm = chain[0].getPublicKey().getAlgorithm();
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
    }

    /** Believes anyone, because the user said so (DOCKER_TLS without DOCKER_TLS_VERIFY). */
    private static final class AnyCertificate extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return List.<X509Certificate>of().toArray(X509Certificate[]::new);
        }
    }
}
