package dev.knight.store;

import dev.knight.hygiene.Redactor;
import dev.knight.job.Assumption;
import dev.knight.job.Assumption.Point;
import dev.knight.job.JobId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An assumption as it lies in table {@code assumption}. */
@Entity
@Table(name = "assumption")
class AssumptionRow {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "assumption_seq")
  @SequenceGenerator(name = "assumption_seq", sequenceName = "assumption_seq", allocationSize = 1)
  private long id;

  @SuppressWarnings("UnusedVariable") // AssumptionRows asks for it
  @Column(name = "job_id")
  private long jobId;

  private int place;

  @Column(name = "prompt_key")
  private String promptKey;

  private String question;
  private String assumed;
  private @Nullable String tree;
  private @Nullable String entry;
  private String fate;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected AssumptionRow() {}

  AssumptionRow(JobId job, Assumption assumption, Redactor redactor) {
    jobId = job.value();
    place = assumption.number();
    promptKey = assumption.key();
    question = Columns.text(redactor.text(assumption.question()), Columns.QUESTION);
    assumed = Columns.text(redactor.text(assumption.assumed()), Columns.QUESTION);
    tree = assumption.point().map(Point::tree).orElse(null);
    entry = assumption.point().map(Point::entry).orElse(null);
    fate = assumption.fate().name();
  }

  /** Takes over what can change. */
  void become(Assumption assumption) {
    fate = assumption.fate().name();
  }

  Assumption toAssumption() {
    return new Assumption(
        place, promptKey, question, assumed, point(), Assumption.Fate.valueOf(fate));
  }

  private Optional<Point> point() {
    return tree == null || entry == null ? Optional.empty() : Optional.of(new Point(tree, entry));
  }
}
