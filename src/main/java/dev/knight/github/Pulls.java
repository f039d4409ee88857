package dev.knight.github;

import dev.knight.job.RepositoryName;
import dev.knight.job.UnavailableException;
import java.util.List;
import java.util.Optional;

/** Opens pull requests, and finds the one of a branch. */
final class Pulls {
  private final Exchange exchange;
  private final Addresses addresses;
  private final Shapes shapes;
  private final Lists lists;

  Pulls(Exchange exchange, Addresses addresses, Shapes shapes, Lists lists) {
    this.exchange = exchange;
    this.addresses = addresses;
    this.shapes = shapes;
    this.lists = lists;
  }

  Opening open(RepositoryName repository, NewPullRequest wanted) {
    HttpReply reply =
        exchange.write("POST", addresses.in(repository, "/pulls"), body(wanted, wanted.draft()));
    if (wanted.draft() && reply.status() == 422 && reply.says("draft pull requests are not")) {
      reply = exchange.write("POST", addresses.in(repository, "/pulls"), body(wanted, false));
    }
    return reply.isSuccess()
        ? new Opening.Created(shapes.pullRequest(repository, new Fields(Json.parse(reply.body()))))
        : insteadOf(reply, repository, wanted);
  }

  private Opening insteadOf(HttpReply reply, RepositoryName repository, NewPullRequest wanted) {
    if (reply.status() == 422 && reply.says("pull request already exists")) {
      return new Opening.Adopted(adopted(repository, wanted.head()));
    }
    if (reply.status() == 422 && reply.says("no commits between")) {
      return new Opening.NothingToMerge();
    }
    if (reply.status() == 422 && isHeadUnseen(reply)) {
      throw new UnavailableException(
          "GitHub does not see the branch %s yet.".formatted(wanted.head()), Optional.empty());
    }
    throw Border.refused("a pull request in " + repository, reply);
  }

  private PullRequest adopted(RepositoryName repository, String branch) {
    return of(repository, branch, "open")
        .orElseThrow(() ->
            new UnavailableException(
                "GitHub does not show the open pull request of %s yet.".formatted(branch),
                Optional.empty()));
  }

  /** A push may be seen a few seconds late by the part of GitHub that opens pull requests. */
  private static boolean isHeadUnseen(HttpReply reply) {
    return Json.lenient(reply.body())
        .filter(body ->
            body.findValuesAsText("field").contains("head")
                && body.findValuesAsText("code").contains("invalid"))
        .isPresent();
  }

  /** The pull request of a branch of the repository itself: an open one, else the newest. */
  Optional<PullRequest> of(RepositoryName repository, String branch, String state) {
    List<PullRequest> all =
        lists
            .all(
                "the pull requests of " + repository,
                addresses.pullsOf(repository, branch, state),
                item -> shapes.pullRequest(repository, item))
            .stream()
            .filter(pull -> pull.headRef().equals(branch))
            .filter(pull -> pull.headRepository().filter(repository::equals).isPresent())
            .toList();
    return all.stream().filter(PullRequest::open).findFirst().or(() -> all.stream().findFirst());
  }

  private static String body(NewPullRequest wanted, boolean draft) {
    return Json.object()
        .put("title", wanted.title())
        .put("body", wanted.body())
        .put("head", wanted.head())
        .put("base", wanted.base())
        .put("draft", draft)
        .toString();
  }
}
