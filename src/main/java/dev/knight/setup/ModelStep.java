package dev.knight.setup;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.knight.doctor.ModelCheck;
import dev.knight.doctor.Result;
import dev.knight.doctor.Result.Verdict;
import dev.knight.doctor.Web;
import dev.knight.gateway.ModelSettings;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Who thinks: a provider, a model and its key, proved by a question of one token. */
final class ModelStep {
  static final String PROVIDER = "knight.model.provider";
  static final String NAME = "knight.model.name";
  static final String BASE_URL = "knight.model.base-url";
  static final String KEY = "knight.model.api-key";
  static final String KEY_FILE = "knight.model.api-key-file";
  private static final URI ON_THIS_MACHINE = URI.create("http://127.0.0.1:11434/v1");
  private static final Duration LIST_PATIENCE = Duration.ofSeconds(10);

  private static final Question WHO = new Question("Whose model works?", "--provider NAME");
  private static final Question WHICH = new Question("Which model?", "--model NAME");
  private static final Question WHERE = new Question("Where does it answer?", "--base-url URL");
  private static final Question WITH = new Question("With which key?", "--model-key-file FILE");
  private static final Question PASTE =
      new Question("The key (nobody sees it)", "--model-key-file FILE");

  private final Asker asker;
  private final Voice voice;
  private final House house;
  private final Web web;
  private final Circumstances here;

  ModelStep(Asker asker, Voice voice, House house, Web web, Circumstances here) {
    this.asker = asker;
    this.voice = voice;
    this.house = house;
    this.web = web;
    this.here = here;
  }

  /**
   * The settings with the model.
   *
   * @throws MisconfiguredException if it does not answer, and nobody can choose again
   */
  Draft ask(Draft draft, Answers.Model answers, Pi pi) {
    voice.heading("The model");
    Answers.Model left = answers;
    while (true) {
      Draft next = asked(draft, left, pi);
      try {
        if (answersOrGoesOn(next)) {
          return next;
        }
      } catch (MisconfiguredException unfit) {
        if (!asker.isPerson()) {
          throw unfit;
        }
        voice.bad(String.valueOf(unfit.getMessage()));
      }
      left =
          new Answers.Model(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  private Draft asked(Draft draft, Answers.Model answers, Pi pi) {
    ModelProvider provider =
        answers.provider().map(ModelProvider::named).orElseGet(() -> provider(draft));
    Optional<String> before = draft.value(PROVIDER);
    boolean isOther = !before.equals(Optional.of(provider.name()));
    Draft next = isOther ? draft.without(BASE_URL) : draft;
    next = next.with(PROVIDER, provider.name());
    next = address(next, provider, answers.baseUrl());
    next = key(next, provider, isOther && before.isPresent(), answers.keyFile());
    String name = answers.name().orElse("");
    return next.with(NAME, name.isEmpty() ? name(next, provider, isOther, pi) : name);
  }

  private ModelProvider provider(Draft draft) {
    Optional<String> now = draft.value(PROVIDER);
    List<ModelProvider> ranked = new ArrayList<>(ModelProvider.ALL);
    now.map(ModelProvider::named).filter(one -> !ranked.contains(one)).ifPresent(ranked::add);
    ranked.sort(
        Comparator.comparingInt(
            one -> now.equals(Optional.of(one.name())) ? 0 : found(one).isPresent() ? 1 : 2));
    List<Choice<ModelProvider>> choices =
        ranked.stream().map(one -> new Choice<>(one, one.label(), note(one, now))).toList();
    boolean hasUsual = now.isPresent() || found(ranked.getFirst()).isPresent();
    return asker.choose(
        WHO, choices, hasUsual || asker.isPerson() ? Optional.of(0) : Optional.empty());
  }

  private String note(ModelProvider provider, Optional<String> now) {
    return now.equals(Optional.of(provider.name()))
        ? "now"
        : found(provider).map("a key is in %s"::formatted).orElse("");
  }

  private Optional<String> found(ModelProvider provider) {
    return provider.variable(here.environment());
  }

  private Draft address(Draft draft, ModelProvider provider, Optional<URI> said) {
    if (said.isPresent()) {
      return draft.with(BASE_URL, said.get().toString());
    }
    if (provider.isCompatible()) {
      Optional<String> usual = draft.value(BASE_URL);
      if (usual.isEmpty() && asker.isPerson()) {
        usual = Optional.of(ON_THIS_MACHINE.toString());
      }
      return draft.with(BASE_URL, asker.text(WHERE, usual));
    }
    boolean isKnown = draft.value(BASE_URL).isPresent() || provider.baseUrl().isEmpty();
    return isKnown ? draft : draft.with(BASE_URL, provider.baseUrl().get().toString());
  }

  // ---- the key

  private enum With {
    KEPT,
    FOUND,
    PASTED,
    NONE
  }

  /**
   * The settings with the key.
   *
   * @param isAnothers whether the key that is set is another provider's: it is not shown to this
   *     one
   */
  private Draft key(Draft draft, ModelProvider provider, boolean isAnothers, Optional<Path> said) {
    if (said.isPresent()) {
      Path file = said.get().toAbsolutePath();
      house.secret("--model-key-file", file);
      return draft.without(KEY).with(KEY_FILE, file.toString());
    }
    List<Choice<With>> choices = new ArrayList<>();
    boolean isSet = draft.value(KEY).or(() -> draft.value(KEY_FILE)).isPresent();
    if (isSet && !isAnothers) {
      choices.add(Choice.of(With.KEPT, "With the one that is set"));
    }
    found(provider)
        .ifPresent(variable -> choices.add(Choice.of(With.FOUND, "With the one in " + variable)));
    if (provider.isCompatible()) {
      choices.add(new Choice<>(With.NONE, "With none", "as on this machine"));
    }
    boolean hasUsual = !choices.isEmpty();
    choices.add(Choice.of(With.PASTED, "With one that I paste"));
    With with =
        choices.size() == 1 && asker.isPerson()
            ? With.PASTED
            : asker.choose(WITH, choices, hasUsual ? Optional.of(0) : Optional.empty());
    return switch (with) {
      case KEPT -> draft;
      case FOUND ->
          keyed(
              draft,
              new Secret(
                  requireNonNull(here.environment().get(found(provider).orElseThrow())).strip()));
      case PASTED -> keyed(draft, asker.secret(PASTE));
      case NONE -> draft.without(KEY).without(KEY_FILE);
    };
  }

  private static Draft keyed(Draft draft, Secret key) {
    return draft.without(KEY_FILE).with(KEY, key);
  }

  private Optional<Secret> secret(Draft draft) {
    return draft
        .value(KEY)
        .map(Secret::new)
        .or(() -> draft.value(KEY_FILE).map(file -> house.secret(KEY_FILE, Path.of(file))));
  }

  // ---- its name

  private String name(Draft draft, ModelProvider provider, boolean isOther, Pi pi) {
    Optional<String> now = isOther ? Optional.empty() : draft.value(NAME);
    if (!asker.isPerson()) {
      return now.orElseThrow(WHICH::unanswered);
    }
    List<Choice<String>> choices = new ArrayList<>();
    now.ifPresent(name -> choices.add(new Choice<>(name, name, "now")));
    listed(draft, provider, pi).stream()
        .filter(model -> !now.equals(Optional.of(model.name())))
        .forEach(model ->
            choices.add(
                new Choice<>(
                    model.name(),
                    model.name(),
                    model.context().isEmpty() ? "" : model.context() + " context")));
    if (choices.isEmpty()) {
      return asker.text(WHICH, now);
    }
    choices.add(Choice.of("", "Another one, which I write"));
    String chosen = asker.choose(WHICH, choices, Optional.of(0));
    return chosen.isEmpty() ? asker.text(WHICH, now) : chosen;
  }

  private List<Pi.Model> listed(Draft draft, ModelProvider provider, Pi pi) {
    return provider.isCompatible() ? served(draft) : pi.models(provider, here.path());
  }

  /** What the provider itself says that it has; most do, and where one does not it is written. */
  private List<Pi.Model> served(Draft draft) {
    URI models = URI.create(draft.value(BASE_URL).orElseThrow().replaceAll("/+$", "") + "/models");
    Map<String, String> headers =
        secret(draft)
            .map(key -> Map.of("Authorization", "Bearer " + key.reveal()))
            .orElse(Map.of());
    try {
      Web.Reply reply =
          web.send(new Web.Ask("GET", models, headers, Optional.empty(), LIST_PATIENCE));
      JsonNode data = new ObjectMapper().readTree(reply.body()).path("data");
      return StreamSupport.stream(data.spliterator(), false)
          .map(model -> model.path("id").asText(""))
          .filter(name -> name.matches("[!-~]{1,200}"))
          .map(name -> new Pi.Model(name, ""))
          .toList();
    } catch (JsonProcessingException _) {
      return List.of();
    } catch (IOException | IllegalArgumentException _) {
      return List.of();
    }
  }

  // ---- the proof

  private boolean answersOrGoesOn(Draft draft) {
    ModelSettings settings =
        new ModelSettings(
            draft.value(PROVIDER).orElseThrow(),
            draft.value(NAME).orElseThrow(),
            Optional.empty(),
            draft.value(BASE_URL).map(URI::create),
            secret(draft));
    List<Result> results = new ModelCheck(web, settings, settings.name()).look();
    results.forEach(voice::result);
    if (results.stream().noneMatch(result -> result.verdict() == Verdict.BAD)) {
      return true;
    }
    if (!asker.isPerson()) {
      throw new MisconfiguredException(
          results.stream()
              .filter(result -> result.verdict() == Verdict.BAD)
              .map(result -> "%s: %s".formatted(result.reason(), result.mend()))
              .findFirst()
              .orElseThrow());
    }
    return asker.choose(
        new Question("The model does not answer.", "--model NAME"),
        List.of(
            Choice.of(false, "Choose again"),
            Choice.of(true, "Go on all the same: knight doctor asks it again")),
        Optional.of(0));
  }
}
