package dev.knight.doctor;

import dev.knight.agent.AgentSettings;
import dev.knight.agent.InstalledPi;
import dev.knight.agent.SessionRequest.Model;
import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.Price;
import dev.knight.sandbox.Sandbox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether pi and its Node are there and new enough, and whether pi starts as a job starts it; no
 * model is asked.
 */
public final class PiCheck implements Check {
  private static final String TITLE = "pi";
  private static final String KNOWN = "pi.model";
  private static final String KNOWN_TITLE = "Model in pi's list";

  private final KnightHome home;
  private final AgentSettings settings;
  private final Supplier<? extends Sandbox> sandbox;
  private final Optional<Model> model;
  private final Optional<Price> price;

  /**
   * Nothing is run yet.
   *
   * @param sandbox what it is tried in, or throws why there is none
   * @param model the model that jobs use, if one is chosen
   * @param price what the owner set that it costs
   */
  public PiCheck(
      KnightHome home,
      AgentSettings settings,
      Supplier<? extends Sandbox> sandbox,
      Optional<Model> model,
      Optional<Price> price) {
    this.home = home;
    this.settings = settings;
    this.sandbox = sandbox;
    this.model = model;
    this.price = price;
  }

  @Override
  public String id() {
    return "pi";
  }

  @Override
  public String title() {
    return TITLE;
  }

  @Override
  public List<Result> look() throws IOException {
    Sandbox jail;
    try {
      jail = sandbox.get();
    } catch (MisconfiguredException none) {
      return List.of(Result.skipped(id(), TITLE, "it cannot be tried without the sandbox"));
    }
    InstalledPi pi = InstalledPi.find(home, settings, jail);
    List<Result> results = new ArrayList<>();
    results.add(version(pi));
    results.add(Result.good("pi.node", "Node", pi.node()));
    if (model.isPresent()) {
      results.add(known(pi, model.get()));
    }
    return List.copyOf(results);
  }

  private Result version(InstalledPi pi) throws IOException {
    String version = pi.version();
    String words = "%s, %s".formatted(version, pi.executable());
    return version.equals(InstalledPi.TESTED)
        ? Result.good(id(), TITLE, words)
        : Result.doubtful(
            id(),
            TITLE,
            "%s; knight is tested with %s".formatted(words, InstalledPi.TESTED),
            InstalledPi.INSTALL.replace("install it with: ", ""));
  }

  private Result known(InstalledPi pi, Model asked) throws IOException {
    InstalledPi.Known known;
    try {
      known = pi.known(asked);
    } catch (MisconfiguredException unknown) {
      return Result.bad(KNOWN, KNOWN_TITLE, unknown);
    }
    String window = String.format(Locale.ROOT, "conversations of %,d tokens", known.window());
    Optional<Price> found = price.or(known::price);
    return found
        .map(it ->
            Result.good(
                KNOWN,
                KNOWN_TITLE,
                "%s, %s USD in and %s USD out for a million tokens%s"
                    .formatted(
                        window,
                        it.usual().input().stripTrailingZeros().toPlainString(),
                        it.usual().output().stripTrailingZeros().toPlainString(),
                        price.isPresent() ? " as you set it" : "")))
        .orElseGet(() ->
            Result.doubtful(
                KNOWN,
                KNOWN_TITLE,
                window
                    + "; nobody says what it costs, so that a million tokens count as 0.25 USD"
                    + " read and 1 USD written",
                "set knight.model.price.input and knight.model.price.output, as \"3 USD\" for a"
                    + " million tokens"));
  }
}
