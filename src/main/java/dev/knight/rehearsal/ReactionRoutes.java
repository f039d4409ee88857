package dev.knight.rehearsal;

import java.util.List;

/** Reactions to issues and to comments of both kinds. */
final class ReactionRoutes {
  private static final String REPOSITORY = "/repos/{owner}/{repo}";

  private final Urls urls;
  private final IssueJson json;

  ReactionRoutes(Urls urls) {
    this.urls = urls;
    this.json = new IssueJson(urls, new PersonJson(urls));
  }

  List<Route> routes() {
    String issue = REPOSITORY + "/issues/{number}/reactions";
    String comment = REPOSITORY + "/issues/comments/{id}/reactions";
    String onLine = REPOSITORY + "/pulls/comments/{id}/reactions";
    return List.of(
        Route.of("GET", issue, call -> list(call, issue(call))),
        Route.of("POST", issue, call -> react(call, issue(call), "issues=write")),
        Route.of("GET", comment, call -> list(call, comment(call))),
        Route.of("POST", comment, call -> react(call, comment(call), "issues=write")),
        Route.of("GET", onLine, call -> list(call, onLine(call))),
        Route.of("POST", onLine, call -> react(call, onLine(call), "pull_requests=write")));
  }

  private Answer list(Call call, Reaction.Target target) {
    String content = call.query("content", "");
    List<Reaction> reactions =
        call.repository().reactions(target).stream()
            .filter(reaction -> content.isEmpty() || reaction.content().equals(content))
            .toList();
    return Paging.page(call, urls, reactions, json::reaction);
  }

  private Answer react(Call call, Reaction.Target target, String permission) {
    HostedRepository repository = call.writable(permission);
    String content = call.text("content");
    if (!Reaction.CONTENTS.contains(content)) {
      throw ApiError.invalid("Reaction", "content", "invalid");
    }
    int before = repository.reactions(target).size();
    Reaction reaction =
        call.world().conversations().react(repository, target, call.caller(), content);
    boolean made = repository.reactions(target).size() > before;
    Answer answer = Answer.ok(json.reaction(reaction));
    return new Answer(made ? 201 : 200, answer.body(), answer.headers());
  }

  private static Reaction.Target issue(Call call) {
    return new Reaction.Target(Reaction.Kind.ISSUE, call.issue().number());
  }

  private static Reaction.Target comment(Call call) {
    return target(call, Reaction.Kind.ISSUE_COMMENT, false);
  }

  private static Reaction.Target onLine(Call call) {
    return target(call, Reaction.Kind.REVIEW_COMMENT, true);
  }

  private static Reaction.Target target(Call call, Reaction.Kind kind, boolean onLine) {
    Comment comment =
        call.repository()
            .comment(call.number("id"))
            .filter(one -> one.line().isPresent() == onLine)
            .orElseThrow(ApiError::notFound);
    return new Reaction.Target(kind, comment.id());
  }
}
