package dev.knight.setup;

import dev.knight.doctor.Check;
import dev.knight.doctor.Checkup;
import dev.knight.doctor.GitHubSite;
import dev.knight.doctor.RepositoryCheck;
import dev.knight.doctor.Result;
import dev.knight.doctor.Result.Verdict;
import dev.knight.doctor.Web;
import dev.knight.github.Repository;
import dev.knight.github.RestGitHub;
import dev.knight.github.Waiter;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RepositoryName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What knight works on: out of what it can write to. */
final class RepositoryStep {
  static final String REPOSITORIES = "knight.github.repositories";
  private static final String FLAG = "--repository OWNER/NAME";
  private static final Pattern PARTS = Pattern.compile("[,\\s]+");
  private static final int TRIES = 3;

  private final Asker asker;
  private final Voice voice;
  private final Web web;
  private final Circumstances here;

  RepositoryStep(Asker asker, Voice voice, Web web, Circumstances here) {
    this.asker = asker;
    this.voice = voice;
    this.web = web;
    this.here = here;
  }

  /**
   * The settings with the repositories.
   *
   * @throws MisconfiguredException if knight cannot work on one of them, and nobody can choose
   *     again
   */
  Draft ask(Draft draft, Access access, List<RepositoryName> said) {
    voice.heading("Repositories");
    Draft next = with(draft, said.isEmpty() ? chosen(draft, access) : said);
    while (!mayWorkOn(now(next), access) && !goesOn()) {
      next = with(draft, chosen(next, access));
    }
    return next;
  }

  private static Draft with(Draft draft, List<RepositoryName> chosen) {
    return draft.with(REPOSITORIES, chosen.stream().map(RepositoryName::toString).toList());
  }

  private List<RepositoryName> chosen(Draft draft, Access access) {
    List<RepositoryName> now = now(draft);
    if (!asker.isPerson() && !now.isEmpty()) {
      return now;
    }
    List<Choice<RepositoryName>> choices = new ArrayList<>();
    Set<Integer> marked = new HashSet<>();
    // What is set stands first, also where the list does not show it.
    now.forEach(name -> {
      marked.add(choices.size());
      choices.add(new Choice<>(name, name.toString(), "now"));
    });
    for (Repository repository : pushable(access)) {
      if (!now.contains(repository.name())) {
        choices.add(
            new Choice<>(
                repository.name(),
                repository.name().toString(),
                repository.isPrivate() ? "private" : ""));
      }
    }
    if (choices.isEmpty()) {
      voice.doubtful(access.login() + " can write to no repository that GitHub lists");
      return typed();
    }
    return asker.pick(new Question("Which may it work on?", FLAG), choices, marked);
  }

  private List<Repository> pushable(Access access) {
    try (RestGitHub gitHub =
        new RestGitHub(access.settings(), access.tokens(), here.clock(), Waiter.SLEEPING)) {
      return gitHub.pushable();
    }
  }

  private List<RepositoryName> typed() {
    Question question = new Question("Their names, as owner/name", FLAG);
    for (int tries = 1; ; tries++) {
      String said = asker.text(question, Optional.empty());
      try {
        return PARTS.splitAsStream(said).map(RepositoryName::parse).toList();
      } catch (IllegalArgumentException mistyped) {
        if (!asker.isPerson() || tries == TRIES) {
          throw mistyped;
        }
        voice.doubtful(String.valueOf(mistyped.getMessage()));
      }
    }
  }

  private static List<RepositoryName> now(Draft draft) {
    return draft.value(REPOSITORIES).stream()
        .flatMap(PARTS::splitAsStream)
        .filter(name -> !name.isBlank())
        .map(RepositoryName::parse)
        .toList();
  }

  private boolean mayWorkOn(List<RepositoryName> chosen, Access access) {
    GitHubSite site = new GitHubSite(web, access.settings(), access.tokens());
    List<Check> checks =
        chosen.stream()
            .<Check>map(name -> new RepositoryCheck(site, name, _ -> Optional.empty()))
            .toList();
    List<Result> results = new Checkup().run(checks, _ -> {}, voice::result);
    return results.stream().noneMatch(result -> result.verdict() == Verdict.BAD);
  }

  /** Whether somebody goes on with what does not do yet. */
  private boolean goesOn() {
    if (!asker.isPerson()) {
      throw new MisconfiguredException(
          "knight cannot work on all of these repositories: see above what is wrong, or leave them"
              + " out");
    }
    return asker.choose(
        new Question("That does not do yet.", FLAG),
        List.of(
            Choice.of(false, "Choose again, or look again once it is mended"),
            Choice.of(true, "Go on all the same: knight doctor says what is missing")),
        Optional.of(0));
  }
}
