package dev.knight.web;

import dev.knight.api.Notices;
import dev.knight.api.TriedNotice;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Lets the owner see whether notices arrive. */
@Singleton
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
final class NoticesResource {
  private final Notices notices;

  NoticesResource(Notices notices) {
    this.notices = notices;
  }

  /** Sends a sample on every way. */
  @POST
  @Path(Notices.TEST)
  @Operation(
      summary = "Try notices out",
      description = "Sends a sample on every way that `knight.notify` names.")
  public List<TriedNotice> tryOut() {
    return notices.tryOut();
  }
}
