package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knight.job.RepositoryName;
import java.util.List;

/** Issues, their comments and reactions as the REST interface shows them. */
record IssueJson(Urls urls, PersonJson people) {
  /** An issue, or a pull request seen as one. */
  ObjectNode issue(HostedRepository repository, Issue issue) {
    RepositoryName name = repository.name();
    String self = urls.issue(name, issue.number());
    ObjectNode json =
        Json.object()
            .put("id", issue.id())
            .put("node_id", NodeId.of(issue))
            .put("url", self)
            .put("repository_url", urls.repository(name))
            .put("labels_url", self + "/labels{/name}")
            .put("comments_url", self + "/comments")
            .put("events_url", self + "/events")
            .put("timeline_url", self + "/timeline")
            .put("html_url", urls.page(name, issue))
            .put("author_association", repository.association(issue.author()));
    conversation(json, repository, issue);
    json.put("state_reason", issue.stateReason().orElse(null))
        .put("comments", comments(repository, issue, false));
    json.putNull("performed_via_github_app").putNull("closed_by").putNull("type");
    json.set("reactions", rollup(repository, Reaction.Kind.ISSUE, issue.number(), self));
    issue.pull().ifPresent(pull -> json.set("pull_request", pullRequest(name, issue, pull)));
    return json;
  }

  /** What an issue and a pull request say about themselves in the same words. */
  void conversation(ObjectNode json, HostedRepository repository, Issue issue) {
    json.put("number", issue.number())
        .put("title", issue.title())
        .put("body", issue.body())
        .put("state", issue.open() ? "open" : "closed")
        .put("locked", issue.locked())
        .put("created_at", issue.createdAt().toString())
        .put("updated_at", issue.updatedAt().toString())
        .put("closed_at", issue.closedAt().map(Object::toString).orElse(null));
    json.set("user", people.brief(issue.author()));
    ArrayNode labels = json.putArray("labels");
    repository.labels(issue.number()).forEach(name -> label(labels.addObject(), repository, name));
    json.putArray("assignees");
    json.putNull("assignee").putNull("milestone").putNull("active_lock_reason");
  }

  /** A label has no number of its own here: its name tells it from the others. */
  void label(ObjectNode json, HostedRepository repository, String name) {
    long id = 1 + Integer.toUnsignedLong(name.hashCode());
    json.put("id", id)
        .put("node_id", NodeId.of("LA", id))
        .put("url", urls.repository(repository.name()) + "/labels/" + name)
        .put("name", name)
        .put("color", "ededed")
        .put("default", false)
        .put("description", "");
  }

  ObjectNode comment(HostedRepository repository, Comment comment) {
    RepositoryName name = repository.name();
    Issue issue = repository.issue(comment.number()).orElseThrow();
    String self = urls.repository(name) + "/issues/comments/" + comment.id();
    ObjectNode json =
        Json.object()
            .put("id", comment.id())
            .put("node_id", NodeId.of("IC", comment.id()))
            .put("url", self)
            .put("html_url", urls.page(name, issue) + "#issuecomment-" + comment.id())
            .put("issue_url", urls.issue(name, comment.number()))
            .put("body", comment.body())
            .put("created_at", comment.createdAt().toString())
            .put("updated_at", comment.updatedAt().toString())
            .put("author_association", repository.association(comment.author()));
    json.set("user", people.brief(comment.author()));
    json.putNull("performed_via_github_app");
    json.set("reactions", rollup(repository, Reaction.Kind.ISSUE_COMMENT, comment.id(), self));
    return json;
  }

  ObjectNode reaction(Reaction reaction) {
    ObjectNode json =
        Json.object()
            .put("id", reaction.id())
            .put("node_id", NodeId.of("REA", reaction.id()))
            .put("content", reaction.content())
            .put("created_at", reaction.createdAt().toString());
    json.set("user", people.brief(reaction.author()));
    return json;
  }

  /** How often each reaction was given. */
  static ObjectNode rollup(
      HostedRepository repository, Reaction.Kind kind, long id, String address) {
    List<Reaction> given = repository.reactions(new Reaction.Target(kind, id));
    ObjectNode json =
        Json.object().put("url", address + "/reactions").put("total_count", given.size());
    for (String content : Reaction.CONTENTS) {
      json.put(content, given.stream().filter(one -> one.content().equals(content)).count());
    }
    return json;
  }

  /** How many comments there are in the conversation, or on lines. */
  static long comments(HostedRepository repository, Issue issue, boolean onLines) {
    return repository.comments().stream()
        .filter(comment -> comment.number() == issue.number())
        .filter(comment -> comment.line().isPresent() == onLines)
        .count();
  }

  private ObjectNode pullRequest(RepositoryName name, Issue issue, Pull pull) {
    String page = urls.page(name, issue);
    return Json.object()
        .put("url", urls.pull(name, issue.number()))
        .put("html_url", page)
        .put("diff_url", page + ".diff")
        .put("patch_url", page + ".patch")
        .put("merged_at", pull.mergedAt().map(Object::toString).orElse(null));
  }
}
