package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knight.job.RepositoryName;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Repositories as the REST interface shows them. */
record RepositoryJson(Urls urls, PersonJson people) {
  /** What follows a repository's own address, for each member that ends in {@code _url}. */
  private static final Map<String, String> ADDRESSES =
      Map.ofEntries(
          Map.entry("archive_url", "/{archive_format}{/ref}"),
          Map.entry("assignees_url", "/assignees{/user}"),
          Map.entry("blobs_url", "/git/blobs{/sha}"),
          Map.entry("branches_url", "/branches{/branch}"),
          Map.entry("collaborators_url", "/collaborators{/collaborator}"),
          Map.entry("comments_url", "/comments{/number}"),
          Map.entry("commits_url", "/commits{/sha}"),
          Map.entry("compare_url", "/compare/{base}...{head}"),
          Map.entry("contents_url", "/contents/{+path}"),
          Map.entry("contributors_url", "/contributors"),
          Map.entry("deployments_url", "/deployments"),
          Map.entry("downloads_url", "/downloads"),
          Map.entry("events_url", "/events"),
          Map.entry("forks_url", "/forks"),
          Map.entry("git_commits_url", "/git/commits{/sha}"),
          Map.entry("git_refs_url", "/git/refs{/sha}"),
          Map.entry("git_tags_url", "/git/tags{/sha}"),
          Map.entry("hooks_url", "/hooks"),
          Map.entry("issue_comment_url", "/issues/comments{/number}"),
          Map.entry("issue_events_url", "/issues/events{/number}"),
          Map.entry("issues_url", "/issues{/number}"),
          Map.entry("keys_url", "/keys{/key_id}"),
          Map.entry("labels_url", "/labels{/name}"),
          Map.entry("languages_url", "/languages"),
          Map.entry("merges_url", "/merges"),
          Map.entry("milestones_url", "/milestones{/number}"),
          Map.entry("notifications_url", "/notifications{?since,all,participating}"),
          Map.entry("pulls_url", "/pulls{/number}"),
          Map.entry("releases_url", "/releases{/id}"),
          Map.entry("stargazers_url", "/stargazers"),
          Map.entry("statuses_url", "/statuses/{sha}"),
          Map.entry("subscribers_url", "/subscribers"),
          Map.entry("subscription_url", "/subscription"),
          Map.entry("tags_url", "/tags"),
          Map.entry("teams_url", "/teams"),
          Map.entry("trees_url", "/git/trees{/sha}"));

  /** As asked for by its name. */
  ObjectNode whole(HostedRepository repository, Optional<Permission> permission) {
    return brief(repository, permission).put("network_count", 0).put("subscribers_count", 0);
  }

  /** As part of something else. */
  ObjectNode brief(HostedRepository repository, Optional<Permission> permission) {
    RepositoryName name = repository.name();
    ObjectNode json =
        Json.object()
            .put("id", repository.id())
            .put("node_id", NodeId.of("R", repository.id()))
            .put("name", name.name())
            .put("full_name", name.toString())
            .put("private", repository.hidden())
            .put("visibility", repository.hidden() ? "private" : "public")
            .put("html_url", urls.page(name))
            .put("clone_url", urls.page(name) + ".git")
            .put("git_url", urls.page(name) + ".git")
            .put("ssh_url", "git@127.0.0.1:" + name + ".git")
            .put("svn_url", urls.page(name))
            .put("url", urls.repository(name))
            .put("default_branch", repository.git().defaultBranch())
            .put("archived", repository.archived())
            .put("created_at", repository.createdAt().toString())
            .put("updated_at", repository.pushedAt().toString())
            .put("pushed_at", repository.pushedAt().toString());
    json.set("owner", people.brief(repository.owner()));
    new TreeMap<>(ADDRESSES)
        .forEach((member, path) -> json.put(member, urls.repository(name) + path));
    permission.ifPresent(known -> json.set("permissions", permissions(known)));
    counts(json, repository);
    return settings(json);
  }

  private static void counts(ObjectNode json, HostedRepository repository) {
    long open = repository.issues().stream().filter(Issue::open).count();
    json.put("open_issues", open).put("open_issues_count", open);
    for (String count :
        new String[] {
          "forks", "forks_count", "stargazers_count", "watchers", "watchers_count", "size"
        }) {
      json.put(count, 0);
    }
  }

  private static ObjectNode settings(ObjectNode json) {
    for (String unknown :
        new String[] {"description", "homepage", "language", "license", "mirror_url"}) {
      json.putNull(unknown);
    }
    return json.put("fork", false)
        .put("disabled", false)
        .put("is_template", false)
        .put("allow_forking", true)
        .put("has_issues", true)
        .put("has_projects", false)
        .put("has_wiki", false)
        .put("has_pages", false)
        .put("has_downloads", false)
        .put("has_discussions", false);
  }

  private static ObjectNode permissions(Permission permission) {
    return Json.object()
        .put("admin", permission.includes(Permission.ADMIN))
        .put("maintain", permission.includes(Permission.MAINTAIN))
        .put("push", permission.includes(Permission.WRITE))
        .put("triage", permission.includes(Permission.TRIAGE))
        .put("pull", permission.includes(Permission.READ));
  }
}
