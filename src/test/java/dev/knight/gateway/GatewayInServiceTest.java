package dev.knight.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.home.KnightHome;
import dev.knight.job.Secret;
import dev.knight.store.StoreUrl;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The gateway where it lives: on Quarkus' router, with Quarkus' port and limits. */
@QuarkusTest
@TestProfile(GatewayInServiceTest.Alone.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GatewayInServiceTest {

  /** More than the 10 MiB that Quarkus allows all others. */
  private static final int LONG = 12 * 1024 * 1024;

  /** Only the test's own settings and home. */
  public static final class Alone implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      try {
        Path store = Files.createTempDirectory("knight-gateway-store");
        return Map.of(
            StoreUrl.PROPERTY, StoreUrl.of(store, Optional.empty()), "quarkus.http.test-port", "0");
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(Settings.class);
    }
  }

  /** Settings that lead to a provider of the test's own. */
  @Alternative
  @Singleton
  static final class Settings {
    @Produces
    @Singleton
    ModelSettings settings(Vertx vertx) {
      HttpServer provider =
          vertx
              .createHttpServer()
              .requestHandler(request ->
                  request
                      .body()
                      .onSuccess(body -> request.response().end("read " + body.length())));
      int port = GatewayWorld.await(provider.listen(0, "127.0.0.1")).actualPort();
      return new ModelSettings(
          "openai-compatible",
          "fake-1",
          Optional.empty(),
          Optional.of(URI.create("http://127.0.0.1:" + port)),
          Optional.of(new Secret("sk-real")));
    }

    @Produces
    @Singleton
    KnightHome home() throws IOException {
      return new KnightHome(Files.createTempDirectory(Path.of("target"), "gateway"));
    }
  }

  @Inject ModelGateway gateway;

  @Test
  void pi_reaches_the_model_at_the_address_that_it_is_given() throws Exception {
    GatewayWorld.open(gateway, "42");
    String question = "{\"model\":\"fake-1\",\"messages\":\"" + "x".repeat(LONG) + "\"}";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway.addressFor("42") + "/chat/completions"))
            .header("Authorization", "Bearer " + gateway.tokenFor("42", 1).reveal())
            .POST(BodyPublishers.ofString(question))
            .build();

    try (HttpClient pi = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = pi.send(request, BodyHandlers.ofString());

      assertThat(answer.body()).isEqualTo("read " + question.length());
    }
  }
}
