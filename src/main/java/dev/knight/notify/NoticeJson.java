package dev.knight.notify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knight.api.JobView;
import java.net.URI;

/** A notice as a program reads it. */
final class NoticeJson {
  private NoticeJson() {}

  static ObjectNode of(Notice notice) {
    JobView job = notice.job();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", notice.id())
        .put("event", notice.occasion().word())
        .put("at", notice.at().toString())
        .put("title", notice.title())
        .put("text", notice.text())
        .put("link", notice.link().toString());
    node.putObject("job")
        .put("id", job.id())
        .put("repository", job.repository())
        .put("number", job.number())
        .put("title", notice.issue())
        .put("kind", job.kind())
        .put("state", job.state())
        .put("attempt", job.attempt())
        .put("requester", job.requester())
        .put("pullRequest", job.pullRequest().map(URI::toString).orElse(null))
        .put("costUsd", job.costUsd());
    return node;
  }

  /** For a chat, which shall not fetch what somebody else has linked to. */
  static ObjectNode text(String text) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("text", text)
        .put("unfurl_links", false)
        .put("unfurl_media", false);
  }
}
