package dev.knight.cli;

import dev.knight.api.ConventionView;
import dev.knight.api.MemoryApi;
import dev.knight.api.ProposalView;
import dev.knight.api.RuleRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the running service keeps in mind, over HTTP. */
final class MemoryClient implements MemoryApi {
  private final DaemonClient service;
  private final Json json = new Json();

  MemoryClient(DaemonClient service) {
    this.service = service;
  }

  @Override
  public List<ConventionView> conventions(@Nullable String repository) {
    String question =
        repository == null
            ? ""
            : "?repository=" + URLEncoder.encode(repository, StandardCharsets.UTF_8);
    return json.readList(service.get(PATH + question), ConventionView.class);
  }

  @Override
  public ConventionView confirm(long id) {
    return changed(id, "confirm", "");
  }

  @Override
  public ConventionView edit(long id, @Nullable RuleRequest request) {
    return changed(id, "edit", request == null ? "" : json.text(request));
  }

  @Override
  public ConventionView forget(long id) {
    return changed(id, "forget", "");
  }

  @Override
  public ProposalView propose(String owner, String name) {
    return json.read(
        service.sent(PROPOSALS + "/" + owner + "/" + name, "", DaemonClient.LONG),
        ProposalView.class);
  }

  private ConventionView changed(long id, String verb, String body) {
    return json.read(
        service.sent(PATH + "/" + id + "/" + verb, body, DaemonClient.PATIENCE),
        ConventionView.class);
  }
}
