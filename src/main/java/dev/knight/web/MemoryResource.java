package dev.knight.web;

import dev.knight.api.ConventionView;
import dev.knight.api.MemoryApi;
import dev.knight.api.NoSuchJobException;
import dev.knight.api.ProposalView;
import dev.knight.api.RuleRequest;
import dev.knight.job.Convention;
import dev.knight.job.ConventionProposals;
import dev.knight.job.RepositoryName;
import dev.knight.memory.Memory;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Answers from what knight keeps in mind. What proposes talks to GitHub, so it is made only when it
 * is asked for.
 */
@Singleton
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
final class MemoryResource implements MemoryApi {
  private static final String OPERATOR = "the operator";

  private final Memory memory;
  private final Provider<ConventionProposals> proposals;

  MemoryResource(Memory memory, Provider<ConventionProposals> proposals) {
    this.memory = memory;
    this.proposals = proposals;
  }

  @Override
  @GET
  @Path(PATH)
  @Operation(
      summary = "List conventions",
      description = "The candidates and what is confirmed, oldest first.")
  public List<ConventionView> conventions(@QueryParam("repository") @Nullable String repository) {
    return memory.living(Optional.ofNullable(repository).map(RepositoryName::parse)).stream()
        .map(ConventionView::of)
        .toList();
  }

  @Override
  @POST
  @Path(PATH + "/{id}/confirm")
  @Operation(summary = "Confirm a convention", description = "Jobs are told of it from now on.")
  public ConventionView confirm(@PathParam("id") long id) {
    return view(id, memory.confirm(id, OPERATOR));
  }

  @Override
  @POST
  @Path(PATH + "/{id}/edit")
  @Operation(summary = "Say a convention better", description = "That confirms it, too.")
  public ConventionView edit(@PathParam("id") long id, @Nullable RuleRequest request) {
    String rule = request == null || request.rule() == null ? "" : request.rule().strip();
    if (rule.isEmpty() || rule.length() > Convention.LONGEST) {
      throw new IllegalArgumentException(
          "A convention is one sentence of at most %d characters".formatted(Convention.LONGEST));
    }
    return view(id, memory.edit(id, rule, OPERATOR));
  }

  @Override
  @POST
  @Path(PATH + "/{id}/forget")
  @Operation(summary = "Forget a convention")
  public ConventionView forget(@PathParam("id") long id) {
    return view(id, memory.forget(id, OPERATOR));
  }

  @Override
  @POST
  @Path(PROPOSALS + "/{owner}/{name}")
  @Operation(
      summary = "Propose conventions",
      description = "Offers what is confirmed by a pull request to the repository's AGENTS.md.")
  public ProposalView propose(@PathParam("owner") String owner, @PathParam("name") String name) {
    return new ProposalView(proposals.get().propose(new RepositoryName(owner, name)));
  }

  private static ConventionView view(long id, Optional<Convention> convention) {
    return convention
        .map(ConventionView::of)
        .orElseThrow(() ->
            new NoSuchJobException(
                "There is no convention %d; knight memory lists them".formatted(id)));
  }
}
