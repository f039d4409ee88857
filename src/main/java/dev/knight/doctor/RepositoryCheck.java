package dev.knight.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.knight.doctor.Web.Reply;
import dev.knight.hygiene.PlainText;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RepositoryName;
import dev.knight.job.UnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the token may do in one repository, in words. Nothing is written: whether it may is asked by
 * requests that GitHub would have to refuse for what they lack.
 */
public final class RepositoryCheck implements Check {
  /** Of what is wrong with a file that anybody may have written. */
  private static final int LONGEST = 300;

  private final GitHubSite site;
  private final RepositoryName repository;
  private final Function<String, Optional<String>> complaint;

  /**
   * Asks {@code site} for {@code repository}.
   *
   * @param complaint what is wrong with the text of a {@code .knight.yml}, if anything
   */
  public RepositoryCheck(
      GitHubSite site, RepositoryName repository, Function<String, Optional<String>> complaint) {
    this.site = site;
    this.repository = repository;
    this.complaint = complaint;
  }

  @Override
  public String id() {
    return "github.repository." + repository;
  }

  @Override
  public String title() {
    return repository.toString();
  }

  @Override
  public List<Result> look() {
    try {
      return List.of(looked());
    } catch (IOException | MisconfiguredException | UnavailableException silent) {
      return List.of(Result.skipped(id(), title(), "GitHub cannot be asked"));
    }
  }

  private Result looked() throws IOException {
    Reply reply = site.follow("/repos/" + repository);
    return switch (reply.status()) {
      case 200 -> seen(site.json(reply));
      case 401 -> Result.skipped(id(), title(), "GitHub does not know the token");
      case 403, 429 -> forbidden(reply);
      case 404 -> hidden();
      case 451 -> bad("GitHub has blocked it for legal reasons", leaveOut());
      default ->
          Result.doubtful(
              id(), title(), "GitHub answers " + site.message(reply), "try again later");
    };
  }

  private Result forbidden(Reply reply) {
    if (reply.header("x-github-sso").isPresent()) {
      return bad(
          "its organization wants single sign-on, and the token is not authorized for it",
          "press \"Configure SSO\" beside the token at " + site.page(site.kind().page()));
    }
    return reply.header("x-ratelimit-remaining").equals(Optional.of("0")) || reply.status() == 429
        ? Result.skipped(id(), title(), "GitHub's quota is used up")
        : bad(
            "the token may not read it (%s)".formatted(site.message(reply)),
            "give it access at " + site.page(site.kind().page()));
  }

  private Result hidden() {
    String mend =
        switch (site.kind()) {
          case FINE_GRAINED ->
              "see that the name is right, and add it under \"Repository access\" of the token at "
                  + site.page(site.kind().page());
          case APP ->
              "see that the name is right, and install the App on it at "
                  + site.page("/settings/installations");
          case CLASSIC, OAUTH, UNKNOWN ->
              "see that the name is right, and give knight's account access at "
                  + site.page("/" + repository + "/settings/access");
        };
    return bad("GitHub does not show it to this token", mend);
  }

  private Result seen(JsonNode told) throws IOException {
    String name = PlainText.line(told.path("full_name").asText(""));
    if (!name.toLowerCase(Locale.ROOT).equals(repository.toString().toLowerCase(Locale.ROOT))) {
      return bad(
          "it is called %s now".formatted(name),
          "write %s instead of %s under knight.github.repositories".formatted(name, repository));
    }
    if (told.path("archived").asBoolean(false)) {
      return bad("it is archived, so nobody can change it", leaveOut());
    }
    if (told.path("disabled").asBoolean(false)) {
      return bad("GitHub has disabled it", leaveOut());
    }
    boolean mayPush = told.path("permissions").path("push").asBoolean(false);
    if (!mayPush && site.kind() != TokenKind.APP) {
      return bad(
          "knight's account may read it, and not push to it",
          "give it the role Write at " + site.page("/" + repository + "/settings/access"));
    }
    return rights(told);
  }

  /** An account that may push has everything by a classic token; other tokens hold it back. */
  private Result rights(JsonNode told) throws IOException {
    List<String> lacking = new ArrayList<>();
    List<String> doubts = new ArrayList<>();
    if (isRefused(site.offerToPush(repository))) {
      lacking.add("Contents: read and write");
    }
    boolean hasIssues = told.path("has_issues").asBoolean(true);
    if (hasIssues && !may("/issues")) {
      lacking.add("Issues: read and write");
    }
    if (!may("/pulls")) {
      lacking.add("Pull requests: read and write");
    }
    boolean seesActions = !isRefused(site.get("/repos/" + repository + "/actions/runs?per_page=1"));
    if (!lacking.isEmpty()) {
      return bad(
          "the token lacks " + String.join(", ", lacking),
          "add %s to the token's permissions at %s"
              .formatted(lacking.size() == 1 ? "it" : "them", site.page(site.kind().page())));
    }
    if (!hasIssues) {
      doubts.add("its issues are off, so that only pull requests can mention knight");
    }
    if (!seesActions) {
      doubts.add("the token cannot see Actions, so that red checks are not mended");
    }
    Optional<String> file = file();
    file.ifPresent(doubts::add);
    return doubts.isEmpty()
        ? Result.good(
            id(),
            title(),
            "may push, write issues and pull requests, and see Actions%s"
                .formatted(told.path("private").asBoolean(false) ? "; private" : ""))
        : Result.doubtful(id(), title(), String.join("; ", doubts), mend(hasIssues, seesActions));
  }

  private String mend(boolean hasIssues, boolean seesActions) {
    if (!seesActions) {
      return "add \"Actions: read\" and \"Commit statuses: read\" to the token's permissions at "
          + site.page(site.kind().page());
    }
    return hasIssues
        ? "correct %s".formatted(site.page("/" + repository + "/blob/HEAD/.knight.yml"))
        : "tick Issues at " + site.page("/" + repository + "/settings");
  }

  private boolean may(String list) throws IOException {
    String path = "/repos/" + repository + list;
    return !isRefused(site.get(path + "?per_page=1"))
        && (site.kind().hasScopes() || !isRefused(site.tryToMake(path)));
  }

  /** What a lacking permission looks like; a limit does, too, but is none. */
  private static boolean isRefused(Reply reply) {
    return (reply.status() == 403 || reply.status() == 401)
        && !reply.header("x-ratelimit-remaining").equals(Optional.of("0"))
        && reply.header("retry-after").isEmpty();
  }

  private Optional<String> file() throws IOException {
    Reply reply = site.get("/repos/" + repository + "/contents/.knight.yml");
    String content = site.json(reply).path("content").asText("");
    if (reply.status() != 200) {
      return Optional.empty();
    }
    try {
      byte[] text = Base64.getMimeDecoder().decode(content);
      return complaint
          .apply(new String(text, StandardCharsets.UTF_8))
          .map(said -> said.substring(0, Math.min(LONGEST, said.length())));
    } catch (IllegalArgumentException notEncoded) {
      return Optional.empty();
    }
  }

  private String leaveOut() {
    return "take it out of knight.github.repositories";
  }

  private Result bad(String reason, String mend) {
    return Result.bad(id(), title(), reason, mend);
  }
}
