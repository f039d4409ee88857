package dev.knight.store;

import dev.knight.hygiene.Redactor;
import dev.knight.job.Reply;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Table {@code reply}. */
@Singleton
final class ReplyRows implements PanacheRepositoryBase<ReplyRow, Long> {
  private final Redactor redactor;

  ReplyRows(Redactor redactor) {
    this.redactor = redactor;
  }

  /** The reply as it stands, or a new intent. */
  ReplyRow planned(Reply wanted) {
    return one(wanted)
        .orElseGet(() -> {
          ReplyRow intent = new ReplyRow(wanted, redactor);
          persist(intent);
          return intent;
        });
  }

  List<ReplyRow> unmade() {
    return list("state in ('INTENT', 'UNKNOWN') order by id");
  }

  /** Whether the reply was as {@code before} says, and is {@code after} now. */
  boolean advance(Reply before, Reply after) {
    Optional<ReplyRow> row = one(before).filter(held -> held.toReply().isAsFarAs(before));
    row.ifPresent(held -> held.become(after));
    return row.isPresent();
  }

  private Optional<ReplyRow> one(Reply reply) {
    return of(reply.key());
  }

  /** The one of that key. */
  Optional<ReplyRow> of(String key) {
    return find("replyKey", key).firstResultOptional();
  }
}
