package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Accounts as the REST interface shows them. */
record PersonJson(Urls urls) {
  ObjectNode brief(Account account) {
    String login = account.login();
    String name = login.replace("[", "%5B").replace("]", "%5D");
    String self = urls.api() + "/users/" + name;
    String page = urls.web() + "/" + name;
    return Json.object()
        .put("login", login)
        .put("id", account.id())
        .put("node_id", NodeId.of("U", account.id()))
        .put("avatar_url", urls.web() + "/avatars/u/" + account.id() + "?v=4")
        .put("gravatar_id", "")
        .put("url", self)
        .put("html_url", page)
        .put("followers_url", self + "/followers")
        .put("following_url", self + "/following{/other_user}")
        .put("gists_url", self + "/gists{/gist_id}")
        .put("starred_url", self + "/starred{/owner}{/repo}")
        .put("subscriptions_url", self + "/subscriptions")
        .put("organizations_url", self + "/orgs")
        .put("repos_url", self + "/repos")
        .put("events_url", self + "/events{/privacy}")
        .put("received_events_url", self + "/received_events")
        .put("type", account.bot() ? "Bot" : "User")
        .put("user_view_type", "public")
        .put("site_admin", false);
  }

  /** What {@code GET /user} says. */
  ObjectNode whole(Account account) {
    ObjectNode person = brief(account);
    for (String unknown :
        new String[] {"name", "company", "location", "email", "hireable", "bio"}) {
      person.putNull(unknown);
    }
    return person
        .put("blog", "")
        .put("public_repos", 1)
        .put("public_gists", 0)
        .put("followers", 0)
        .put("following", 0)
        .put("created_at", "2020-01-01T00:00:00Z")
        .put("updated_at", "2020-01-01T00:00:00Z");
  }

  /** The account with its role in a repository. */
  ObjectNode collaborator(Account account, Permission permission) {
    ObjectNode person = brief(account);
    person.put("role_name", permission.role());
    person
        .putObject("permissions")
        .put("admin", permission.includes(Permission.ADMIN))
        .put("maintain", permission.includes(Permission.MAINTAIN))
        .put("push", permission.includes(Permission.WRITE))
        .put("triage", permission.includes(Permission.TRIAGE))
        .put("pull", permission.includes(Permission.READ));
    return person;
  }
}
