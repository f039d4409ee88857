package dev.knight.github;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knight.job.Subject;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Reviews of pull requests. */
final class Reviews {
  private final Exchange exchange;
  private final Addresses addresses;
  private final Shapes shapes;
  private final Lists lists;

  Reviews(Exchange exchange, Addresses addresses, Shapes shapes, Lists lists) {
    this.exchange = exchange;
    this.addresses = addresses;
    this.shapes = shapes;
    this.lists = lists;
  }

  List<Review> of(Subject pull) {
    return lists.all(
        "the reviews of " + pull,
        addresses.reviews(pull, "?per_page=" + Page.FULL),
        fields -> shapes.review(pull, fields));
  }

  Optional<Review> submit(Subject pull, NewReview review) {
    URI address = addresses.reviews(pull, "");
    HttpReply reply = exchange.write("POST", address, body(review));
    if (reply.status() == 422 && !review.lines().isEmpty()) {
      return Optional.empty();
    }
    if (!reply.isSuccess()) {
      throw Border.refused("a review of " + pull, reply);
    }
    return Optional.of(shapes.review(pull, new Fields(Json.parse(reply.body()))));
  }

  private static String body(NewReview review) {
    ObjectNode json =
        Json.object()
            .put("commit_id", review.commit())
            .put("event", "COMMENT")
            .put("body", review.body());
    ArrayNode comments = json.putArray("comments");
    for (NewReview.Line line : review.lines()) {
      comments
          .addObject()
          .put("path", line.path())
          .put("line", line.line())
          .put("side", "RIGHT")
          .put("body", line.body());
    }
    return json.toString();
  }
}
