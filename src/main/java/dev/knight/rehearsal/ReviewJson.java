package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knight.job.RepositoryName;

/** Reviews and the comments on lines as the REST interface shows them. */
record ReviewJson(Urls urls, PersonJson people) {
  ObjectNode review(HostedRepository repository, Review review) {
    RepositoryName name = repository.name();
    Issue issue = repository.issue(review.number()).orElseThrow();
    String page = urls.page(name, issue) + "#pullrequestreview-" + review.id();
    String pull = urls.pull(name, review.number());
    ObjectNode json =
        Json.object()
            .put("id", review.id())
            .put("node_id", NodeId.of("PRR", review.id()))
            .put("body", review.body())
            .put("state", review.opinion().name())
            .put("html_url", page)
            .put("pull_request_url", pull)
            .put("commit_id", review.commit())
            .put("submitted_at", review.submittedAt().toString())
            .put("author_association", repository.association(review.author()));
    json.set("user", people.brief(review.author()));
    ObjectNode links = json.putObject("_links");
    links.putObject("html").put("href", page);
    links.putObject("pull_request").put("href", pull);
    return json;
  }

  ObjectNode comment(HostedRepository repository, Comment comment) {
    RepositoryName name = repository.name();
    Comment.Line line = comment.line().orElseThrow();
    Issue issue = repository.issue(comment.number()).orElseThrow();
    String self = urls.repository(name) + "/pulls/comments/" + comment.id();
    String page = urls.page(name, issue) + "#discussion_r" + comment.id();
    String pull = urls.pull(name, comment.number());
    ObjectNode json =
        Json.object()
            .put("id", comment.id())
            .put("node_id", NodeId.of("PRRC", comment.id()))
            .put("url", self)
            .put("html_url", page)
            .put("pull_request_url", pull)
            .put("pull_request_review_id", line.review())
            .put("body", comment.body())
            .put("created_at", comment.createdAt().toString())
            .put("updated_at", comment.updatedAt().toString())
            .put("author_association", repository.association(comment.author()));
    place(json, line);
    json.set("user", people.brief(comment.author()));
    json.set(
        "reactions",
        IssueJson.rollup(repository, Reaction.Kind.REVIEW_COMMENT, comment.id(), self));
    ObjectNode links = json.putObject("_links");
    links.putObject("self").put("href", self);
    links.putObject("html").put("href", page);
    links.putObject("pull_request").put("href", pull);
    return json;
  }

  private static void place(ObjectNode json, Comment.Line line) {
    json.put("path", line.path())
        .put("line", line.line())
        .put("original_line", line.line())
        .put("side", "RIGHT")
        .put("position", 1)
        .put("original_position", 1)
        .put("commit_id", line.commit())
        .put("original_commit_id", line.commit())
        .put("diff_hunk", "@@ -1,1 +1,1 @@")
        .put("subject_type", "line");
    json.putNull("start_line").putNull("original_start_line").putNull("start_side");
    line.inReplyTo().ifPresent(first -> json.put("in_reply_to_id", first));
  }
}
