package dev.safecoder.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.model.remote.ScriptedServer;
import dev.safecoder.model.remote.ScriptedServer.Play;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Requests to models by way of a proxy. The two forms stand for the two clients that there are: the
 * official one of Anthropic and the JDK's.
 */
@Tag("bubblewrap")
class ProxyTest {
    private static final String KEY = "sk-never-in-the-clear";
    private static final String PASSWORD = "changeit";

    @TempDir Path folder;
    private SafeCoder program;
    private ScriptedServer service;
    private LoopbackProxy proxy;

    @BeforeEach
    void start() throws Exception {
        service = new ScriptedServer((_, _, _) -> List.of());
        var store = certificate();
        proxy = new LoopbackProxy(service.url().getPort(), context(store));
        program =
                new SafeCoder(folder.resolve("user"))
                        .trusting(store, PASSWORD)
                        .with("SAFE_CODER_LLM_API_KEY", KEY);
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        service.close();
    }

    /** A key and a certificate for {@code model.test} by itself. */
    private Path certificate() throws Exception {
        var store = folder.resolve("model.test.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made =
                new ProcessBuilder(
                                keytool,
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-alias",
                                "model",
                                "-dname",
                                "CN=model.test",
                                "-ext",
                                "SAN=dns:model.test",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                PASSWORD,
                                "-keystore",
                                store.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("keytool.log").toFile())
                        .start();
        assertThat(made.waitFor()).isZero();
        return store;
    }

    private static SSLContext context(Path store) throws Exception {
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        var managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private SafeCoder.Finished run(WrittenStream form, String url) throws Exception {
        service.plays(Play.reply(form.of(new Script().turn("Hello.").turns().getFirst())));
        var project = Files.createDirectories(folder.resolve("project"));
        return program.with("SAFE_CODER_LLM_BASE_URL", url + form.path())
                .run(
                        List.of(
                                "run",
                                "-p",
                                "x",
                                "--backend",
                                "bubblewrap",
                                "--path",
                                project.toString(),
                                "--model",
                                form.provider() + "/some-model"));
    }

    private void heardTheKey() {
        assertThat(service.headers()).hasSize(1);
        assertThat(service.headers().getFirst().values().toString()).contains(KEY);
    }

    @ParameterizedTest
    @EnumSource(names = {"ANTHROPIC", "OPENAI_COMPATIBLE"})
    void a_key_goes_through_a_proxy_in_a_tunnel(WrittenStream form) throws Exception {
        program.with("HTTPS_PROXY", proxy.url()).with("HTTP_PROXY", "http://127.0.0.1:9");

        var finished = run(form, "https://model.test");

        assertThat(finished.code()).as(finished.err()).isZero();
        assertThat(finished.out()).isEqualTo("Hello.\n");
        heardTheKey();
        assertThat(proxy.heads()).hasSize(1);
        assertThat(proxy.heads().getFirst())
                .startsWith("CONNECT model.test:443 HTTP/1.1\r\n")
                .doesNotContain(KEY);
    }

    /** Which shows as well that a key in the clear would be seen in the test above. */
    @ParameterizedTest
    @EnumSource(names = {"ANTHROPIC", "OPENAI_COMPATIBLE"})
    void only_an_address_of_http_goes_through_a_proxy_in_the_clear(WrittenStream form)
            throws Exception {
        program.with("HTTP_PROXY", proxy.url()).with("HTTPS_PROXY", "http://127.0.0.1:9");

        var finished = run(form, "http://model.test");

        assertThat(finished.code()).as(finished.err()).isZero();
        heardTheKey();
        assertThat(proxy.heads()).hasSize(1);
        assertThat(proxy.heads().getFirst()).startsWith("POST http://model.test/").contains(KEY);
    }

    @Test
    void what_is_exempt_is_reached_without_the_proxy() throws Exception {
        program.with("HTTP_PROXY", proxy.url()).with("NO_PROXY", "example.com,0.0.0.0");

        // an address of this machine that does not look like one
        var finished =
                run(WrittenStream.OPENAI_COMPATIBLE, "http://0.0.0.0:" + service.url().getPort());

        assertThat(finished.code()).as(finished.err()).isZero();
        heardTheKey();
        assertThat(proxy.heads()).isEmpty();
    }
}
