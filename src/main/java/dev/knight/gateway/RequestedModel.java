package dev.knight.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** Reads of a request's body the one thing that decides: which model it asks. */
final class RequestedModel {
  private static final String FIELD = "model";

  private final JsonFactory json = new JsonFactory();
  private final Set<String> models;

  RequestedModel(Set<String> models) {
    this.models = models;
  }

  /** Why {@code body} may not be passed on. It takes time: up to 32 MiB are read. */
  Optional<Refusal> refusal(byte[] body) {
    try (JsonParser parser = json.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.of(noRequest());
      }
      boolean named = false;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        // Some providers do not mind upper case, and take the last of two.
        if (parser.currentName().equalsIgnoreCase(FIELD)) {
          if (named || !isAllowed(parser)) {
            return Optional.of(otherModel());
          }
          named = true;
        } else {
          parser.nextToken();
          parser.skipChildren();
        }
      }
      return rest(parser, named);
    } catch (IOException _) {
      return Optional.of(noRequest());
    }
  }

  private boolean isAllowed(JsonParser parser) throws IOException {
    return parser.currentName().equals(FIELD)
        && parser.nextToken() == JsonToken.VALUE_STRING
        && models.contains(parser.getText());
  }

  private static Optional<Refusal> rest(JsonParser parser, boolean named) throws IOException {
    if (parser.nextToken() != null) {
      return Optional.of(noRequest());
    }
    return named ? Optional.empty() : Optional.of(otherModel());
  }

  private static Refusal noRequest() {
    return new Refusal(Refusal.Reason.INVALID_ARGUMENT, "The body is not one JSON object");
  }

  private static Refusal otherModel() {
    return new Refusal(
        Refusal.Reason.PERMISSION_DENIED,
        "Only knight.model.name and knight.model.review-name may be asked");
  }
}
