package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knight.job.RepositoryName;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/** Branches, references and commits as the REST interface shows them. */
record BranchJson(Urls urls, PersonJson people) {
  ObjectNode branch(
      RepositoryName name,
      String branch,
      RevCommit head,
      Function<String, Optional<Account>> accounts) {
    String self = urls.repository(name) + "/branches/" + branch;
    ObjectNode json =
        Json.object()
            .put("name", branch)
            .put("protected", false)
            .put("protection_url", self + "/protection");
    json.set("commit", commit(name, head, accounts));
    json.putObject("_links").put("self", self).put("html", urls.page(name) + "/tree/" + branch);
    json.putObject("protection").put("enabled", false);
    return json;
  }

  ObjectNode reference(RepositoryName name, String reference, RevCommit head) {
    ObjectNode json =
        Json.object()
            .put("ref", reference)
            .put("node_id", NodeId.of("REF", reference.hashCode()))
            .put("url", urls.repository(name) + "/git/" + reference);
    json.putObject("object")
        .put("sha", head.name())
        .put("type", "commit")
        .put("url", commitUrl(name, "/git/commits/", head));
    return json;
  }

  private ObjectNode commit(
      RepositoryName name, RevCommit commit, Function<String, Optional<Account>> accounts) {
    ObjectNode json =
        Json.object()
            .put("sha", commit.name())
            .put("node_id", NodeId.of("C", commit.hashCode()))
            .put("url", commitUrl(name, "/commits/", commit))
            .put("html_url", urls.page(name) + "/commit/" + commit.name())
            .put("comments_url", commitUrl(name, "/commits/", commit) + "/comments");
    json.set("author", account(commit.getAuthorIdent(), accounts));
    json.set("committer", account(commit.getCommitterIdent(), accounts));
    json.set("commit", written(name, commit));
    json.set("parents", Json.array());
    for (RevCommit parent : commit.getParents()) {
      json.withArray("parents")
          .addObject()
          .put("sha", parent.name())
          .put("url", commitUrl(name, "/commits/", parent))
          .put("html_url", urls.page(name) + "/commit/" + parent.name());
    }
    return json;
  }

  private ObjectNode written(RepositoryName name, RevCommit commit) {
    String tree = commit.getTree().name();
    ObjectNode json =
        Json.object()
            .put("url", commitUrl(name, "/git/commits/", commit))
            .put("message", commit.getFullMessage())
            .put("comment_count", 0);
    json.set("author", person(commit.getAuthorIdent()));
    json.set("committer", person(commit.getCommitterIdent()));
    json.putObject("tree")
        .put("sha", tree)
        .put("url", urls.repository(name) + "/git/trees/" + tree);
    return json;
  }

  /** The account that wrote a commit; an empty object where none is known. */
  private ObjectNode account(PersonIdent person, Function<String, Optional<Account>> accounts) {
    return accounts.apply(person.getName()).map(people::brief).orElseGet(Json::object);
  }

  private static ObjectNode person(PersonIdent person) {
    return Json.object()
        .put("name", person.getName())
        .put("email", person.getEmailAddress())
        .put("date", person.getWhenAsInstant().toString());
  }

  private String commitUrl(RepositoryName name, String path, RevCommit commit) {
    return urls.repository(name) + path + commit.name();
  }
}
