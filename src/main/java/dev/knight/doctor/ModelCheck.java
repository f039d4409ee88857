package dev.knight.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.knight.doctor.Web.Ask;
import dev.knight.doctor.Web.Reply;
import dev.knight.gateway.ModelSettings;
import dev.knight.gateway.ShortQuestion;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.PlainText;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the model answers a question of one token, which costs less than anybody can see. */
public final class ModelCheck implements Check {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int LONGEST = 200;

  private final Web web;
  private final ModelSettings settings;
  private final String model;
  private final Redactor redactor;

  /** Asks {@code model}, one of those of {@code settings}. */
  public ModelCheck(Web web, ModelSettings settings, String model) {
    this.web = web;
    this.settings = settings;
    this.model = model;
    this.redactor =
        new Redactor(new KnownSecrets(settings.apiKey().stream().toArray(Secret[]::new)));
  }

  @Override
  public String id() {
    return model.equals(settings.name()) ? "model" : "model.review";
  }

  @Override
  public String title() {
    return model.equals(settings.name()) ? "Model" : "Model for reviews";
  }

  @Override
  public List<Result> look() {
    ShortQuestion question = ShortQuestion.of(settings, model);
    try {
      long start = System.nanoTime();
      Reply reply =
          web.send(
              new Ask(
                  "POST",
                  question.address(),
                  question.headers(),
                  Optional.of(question.body()),
                  PATIENCE));
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      return List.of(judged(question, reply, took));
    } catch (IOException silent) {
      return List.of(
          bad(
              "%s cannot be reached: %s"
                  .formatted(
                      question.address().getAuthority(),
                      PlainText.line(String.valueOf(silent.getMessage()))),
              "see that it runs and that knight.model.base-url is right: curl -sS -o /dev/null -w"
                  + " '%{http_code}\\n' "
                  + question.address()));
    }
  }

  private Result judged(ShortQuestion question, Reply reply, Duration took) {
    String said = said(reply);
    String low = said.toLowerCase(Locale.ROOT);
    int status = reply.status();
    if (status / 100 == 2 && isAnswer(reply)) {
      return Result.good(
          id(), title(), "%s answers in %.1f s".formatted(name(), took.toMillis() / 1000.0));
    }
    if (status == 402
        || says(low, "insufficient_quota", "credit balance", "billing", "no credit")) {
      return bad(
          "%s has no credit: %s".formatted(settings.provider(), said),
          "add credit at the provider, or use another key");
    }
    if (status == 401 || status == 403 || says(low, "api key not valid", "invalid api key")) {
      return bad(
          "%s does not take the key: %s".formatted(settings.provider(), said),
          "put the right one into secrets.env as KNIGHT_MODEL_API_KEY=...");
    }
    if (says(low, "model")
        && (status == 404
            || says(low, "not exist", "not found", "unknown", "invalid model", "not supported"))) {
      return bad(
          "%s does not know the model %s: %s".formatted(settings.provider(), model, said),
          "correct knight.model." + (id().equals("model") ? "name" : "review-name"));
    }
    if (status == 404 || status / 100 == 3 || status / 100 == 2) {
      return bad(
          "%s is not the address of a model's API (status %d)"
              .formatted(question.address(), status),
          "correct knight.model.base-url: it mostly ends with /v1");
    }
    if (status == 429) {
      return doubtful(
          "it has too much to do just now: " + said, "wait, or ask its provider for more");
    }
    if (status >= 500) {
      return doubtful(
          "its provider has a problem: " + said, "wait, and look at the provider's status page");
    }
    return doubtful(
        "it answers, and does not take a question of one token: " + said,
        "if jobs fail too, correct knight.model.provider, .name and .base-url");
  }

  private boolean isAnswer(Reply reply) {
    JsonNode json = json(reply);
    return Stream.of("choices", "output", "content", "candidates", "usage", "usageMetadata")
        .anyMatch(json::has);
  }

  private String said(Reply reply) {
    JsonNode json = json(reply);
    JsonNode error = json.path("error");
    String words = error.isTextual() ? error.asText() : error.path("message").asText("");
    String kind = error.path("code").asText(error.path("type").asText(""));
    String whole = words + (kind.isEmpty() || kind.matches("\\d+") ? "" : " (" + kind + ")");
    if (whole.isBlank()) {
      whole = json.path("message").asText(json.path("detail").asText(""));
    }
    String plain = PlainText.line(redactor.text(whole));
    return plain.isEmpty()
        ? "status " + reply.status()
        : plain.substring(0, Math.min(LONGEST, plain.length()));
  }

  private static JsonNode json(Reply reply) {
    try {
      return new ObjectMapper().readTree(reply.body());
    } catch (JsonProcessingException page) {
      return new ObjectMapper().createObjectNode();
    }
  }

  private static boolean says(String said, String... words) {
    return Stream.of(words).anyMatch(said::contains);
  }

  private String name() {
    return settings.provider() + " " + model;
  }

  private Result bad(String reason, String mend) {
    return Result.bad(id(), title(), reason, mend);
  }

  private Result doubtful(String reason, String mend) {
    return Result.doubtful(id(), title(), reason, mend);
  }
}
