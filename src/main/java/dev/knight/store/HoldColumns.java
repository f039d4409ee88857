package dev.knight.store;

import dev.knight.job.Hold;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@link Hold}, laid out in columns. */
@Embeddable
record HoldColumns(
    @Column(name = "held_tree") String tree,
    @Column(name = "held_diff") String diff,
    @Column(name = "released_by") @Nullable String releasedBy) {

  static HoldColumns of(Hold hold) {
    return new HoldColumns(
        hold.tree(),
        Columns.text(hold.diff(), Columns.DIFF),
        hold.releasedBy().map(who -> Columns.line(who, Columns.PERSON)).orElse(null));
  }

  Hold toHold() {
    return new Hold(tree, diff, Optional.ofNullable(releasedBy));
  }
}
