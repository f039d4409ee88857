package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knight.job.RepositoryName;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

/** Pull requests as the REST interface shows them. */
record PullJson(Urls urls, PersonJson people, IssueJson issues, RepositoryJson repositories) {
  /** As in a list. */
  ObjectNode brief(HostedRepository repository, Issue issue) throws IOException {
    RepositoryName name = repository.name();
    Pull pull = issue.pull().orElseThrow();
    String page = urls.page(name, issue);
    String self = urls.pull(name, issue.number());
    String asIssue = urls.issue(name, issue.number());
    String statuses = urls.repository(name) + "/statuses/" + pull.headCommit();
    ObjectNode json =
        Json.object()
            .put("id", pull.id())
            .put("node_id", NodeId.of(issue))
            .put("url", self)
            .put("html_url", page)
            .put("diff_url", page + ".diff")
            .put("patch_url", page + ".patch")
            .put("issue_url", asIssue)
            .put("commits_url", self + "/commits")
            .put("review_comments_url", self + "/comments")
            .put("review_comment_url", urls.repository(name) + "/pulls/comments{/number}")
            .put("comments_url", asIssue + "/comments")
            .put("statuses_url", statuses)
            .put("author_association", repository.association(issue.author()));
    issues.conversation(json, repository, issue);
    json.put("draft", pull.draft())
        .put("merged_at", pull.mergedAt().map(Object::toString).orElse(null))
        .put("merge_commit_sha", pull.mergeCommit().orElse(null));
    ArrayNode reviewers = json.putArray("requested_reviewers");
    repository.reviewers(issue.number()).forEach(one -> reviewers.add(people.brief(one)));
    json.putArray("requested_teams");
    json.putNull("auto_merge");
    json.set("head", side(repository, pull.head(), pull.headCommit()));
    json.set("base", side(repository, pull.base(), baseCommit(repository, pull)));
    json.set("_links", links(json));
    return json;
  }

  /** As asked for by its number. */
  ObjectNode whole(HostedRepository repository, Issue issue) throws IOException {
    Pull pull = issue.pull().orElseThrow();
    ObjectId base = ObjectId.fromString(baseCommit(repository, pull));
    ObjectId head = ObjectId.fromString(pull.headCommit());
    Repository jgit = repository.git().jgit();
    Change change = Change.between(jgit, base, head);
    ObjectNode json = brief(repository, issue);
    boolean clean = Change.merged(jgit, base, head).isPresent();
    return json.put("merged", pull.mergedAt().isPresent())
        .put("mergeable", clean)
        .put("rebaseable", clean)
        .put("mergeable_state", clean ? "clean" : "dirty")
        .put("comments", IssueJson.comments(repository, issue, false))
        .put("review_comments", IssueJson.comments(repository, issue, true))
        .put("maintainer_can_modify", false)
        .put("commits", change.commits())
        .put("additions", change.additions())
        .put("deletions", change.deletions())
        .put("changed_files", change.files())
        .putNull("merged_by");
  }

  private static String baseCommit(HostedRepository repository, Pull pull) throws IOException {
    Optional<RevCommit> base = repository.git().head(pull.base());
    return base.map(ObjectId::name).orElse(pull.headCommit());
  }

  private ObjectNode side(HostedRepository repository, String branch, String commit)
      throws IOException {
    String owner = repository.name().owner();
    ObjectNode json =
        Json.object().put("label", owner + ":" + branch).put("ref", branch).put("sha", commit);
    json.set("user", people.brief(repository.owner()));
    json.set("repo", repositories.brief(repository, Optional.empty()));
    return json;
  }

  private static ObjectNode links(ObjectNode pull) {
    ObjectNode links = Json.object();
    link(links, "self", pull, "url");
    link(links, "html", pull, "html_url");
    link(links, "issue", pull, "issue_url");
    link(links, "comments", pull, "comments_url");
    link(links, "review_comments", pull, "review_comments_url");
    link(links, "review_comment", pull, "review_comment_url");
    link(links, "commits", pull, "commits_url");
    link(links, "statuses", pull, "statuses_url");
    return links;
  }

  private static void link(ObjectNode links, String name, ObjectNode pull, String member) {
    links.putObject(name).put("href", pull.path(member).asText());
  }
}
