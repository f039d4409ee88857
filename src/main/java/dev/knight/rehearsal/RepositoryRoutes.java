package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.revwalk.RevCommit;

/** Who one is, the repository, its people and branches. */
final class RepositoryRoutes {
  private static final String REPOSITORY = "/repos/{owner}/{repo}";

  private final Urls urls;
  private final PersonJson people;
  private final RepositoryJson repositories;
  private final BranchJson branches;
  private final RateLimits limits;

  RepositoryRoutes(Urls urls, RateLimits limits) {
    this.urls = urls;
    this.people = new PersonJson(urls);
    this.repositories = new RepositoryJson(urls, people);
    this.branches = new BranchJson(urls, people);
    this.limits = limits;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/user", call -> Answer.ok(people.whole(call.person()))),
        Route.of("GET", "/user/repos", this::own),
        Route.of("GET", "/installation/repositories", this::installed),
        Route.of("GET", "/users/{username}", this::somebody),
        Route.of("GET", "/rate_limit", this::rateLimit),
        Route.of("GET", "/meta", call -> Answer.ok(meta())),
        Route.of("GET", REPOSITORY, this::repository),
        Route.of("GET", REPOSITORY + "/collaborators/{username}/permission", this::permission),
        Route.of("GET", REPOSITORY + "/branches/{branch+}", this::branch),
        Route.of("GET", REPOSITORY + "/git/ref/heads/{branch+}", this::reference),
        Route.of("GET", REPOSITORY + "/contents/{path+}", this::content));
  }

  private Answer own(Call call) {
    return Paging.page(call, urls, known(call), repository -> brief(call, repository));
  }

  /** The same for an App, all on one page: nobody plays an App with more than that. */
  private Answer installed(Call call) {
    List<HostedRepository> known = known(call);
    ObjectNode json =
        Json.object().put("total_count", known.size()).put("repository_selection", "selected");
    json.set("repositories", Json.array(known, repository -> brief(call, repository)));
    return Answer.ok(json);
  }

  /** What somebody has a right on by name; that the public may read the rest does not count. */
  private static List<HostedRepository> known(Call call) {
    Account caller = call.caller();
    return call.world().repositories().stream()
        .filter(repository -> repository.isShared(caller))
        .sorted(Comparator.comparing(HostedRepository::pushedAt, Comparator.reverseOrder()))
        .toList();
  }

  private ObjectNode brief(Call call, HostedRepository repository) {
    return repositories.brief(repository, Optional.of(repository.permission(call.caller())));
  }

  private Answer somebody(Call call) {
    return Answer.ok(
        people.whole(
            call.world()
                .register()
                .account(call.part("username"))
                .orElseThrow(ApiError::notFound)));
  }

  private Answer rateLimit(Call call) {
    ObjectNode window = limits.window(call.caller().login()).json();
    ObjectNode json = Json.object();
    json.putObject("resources").<ObjectNode>set("core", window).set("search", window);
    json.set("rate", window);
    return Answer.ok(json);
  }

  private static ObjectNode meta() {
    return Json.object().put("verifiable_password_authentication", false);
  }

  private Answer repository(Call call) {
    HostedRepository repository = call.repository();
    return Answer.ok(
        repositories.whole(
            repository, call.token().map(token -> repository.permission(token.account()))));
  }

  private Answer permission(Call call) {
    HostedRepository repository = call.repository();
    if (!repository.permission(call.caller()).includes(Permission.WRITE)) {
      throw ApiError.of(403, "Must have push access to view collaborator permission.");
    }
    Account person =
        call.world().register().account(call.part("username")).orElseThrow(ApiError::notFound);
    Permission permission = repository.permission(person);
    ObjectNode json =
        Json.object().put("permission", permission.coarse()).put("role_name", permission.role());
    json.set("user", people.collaborator(person, permission));
    return Answer.ok(json);
  }

  private Answer branch(Call call) throws IOException {
    HostedRepository repository = call.repository();
    String branch = call.part("branch");
    RevCommit head =
        repository.git().head(branch).orElseThrow(() -> ApiError.of(404, "Branch not found"));
    return Answer.ok(branches.branch(repository.name(), branch, head, account(call)));
  }

  private Function<String, Optional<Account>> account(Call call) {
    return login -> call.world().register().account(login);
  }

  /** A file of the default branch. */
  private Answer content(Call call) throws IOException {
    HostedRepository repository = call.repository();
    String path = call.part("path");
    byte[] bytes =
        repository
            .git()
            .file(repository.git().defaultBranch(), path)
            .orElseThrow(ApiError::notFound)
            .getBytes(StandardCharsets.UTF_8);
    String url = urls.repository(repository.name()) + "/contents/" + path;
    String page = urls.page(repository.name()) + "/blob/HEAD/" + path;
    ObjectNode json =
        Json.object()
            .put("type", "file")
            .put("encoding", "base64")
            .put("size", bytes.length)
            .put("name", path.substring(path.lastIndexOf('/') + 1))
            .put("path", path)
            .put("content", Base64.getMimeEncoder(60, new byte[] {'\n'}).encodeToString(bytes))
            .put("sha", new ObjectInserter.Formatter().idFor(Constants.OBJ_BLOB, bytes).name())
            .put("url", url)
            .put("git_url", url)
            .put("html_url", page)
            .put("download_url", page);
    json.putObject("_links").put("self", url).put("git", url).put("html", page);
    return Answer.ok(json);
  }

  private Answer reference(Call call) throws IOException {
    HostedRepository repository = call.repository();
    String branch = call.part("branch");
    RevCommit head = repository.git().head(branch).orElseThrow(ApiError::notFound);
    return Answer.ok(branches.reference(repository.name(), "refs/heads/" + branch, head));
  }
}
