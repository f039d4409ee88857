package dev.knight.store;

import dev.knight.job.Convention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A convention as it lies in table {@code convention}. */
@Entity
@Table(name = "convention")
class ConventionRow {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "convention_seq")
  @SequenceGenerator(name = "convention_seq", sequenceName = "convention_seq", allocationSize = 1)
  private long id;

  private String repository;

  @SuppressWarnings("UnusedVariable") // ConventionRows asks for it
  @Column(name = "repository_key")
  private String repositoryKey;

  private String rule;
  private String stage;

  @Column(name = "said_by_id")
  private long saidById;

  @Column(name = "said_by_login")
  private String saidByLogin;

  private String source;

  @Column(name = "source_key")
  private String sourceKey;

  @Column(name = "served_by")
  private @Nullable String servedBy;

  @Column(name = "learnt_at")
  private Instant learntAt;

  @Column(name = "used_at")
  private Instant usedAt;

  private String note;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected ConventionRow() {}

  @SuppressWarnings("NullAway.Init") // become sets the other half
  ConventionRow(Convention learnt) {
    repository = learnt.repository().toString();
    repositoryKey = learnt.repository().key();
    saidById = learnt.by().id();
    saidByLogin = Columns.line(learnt.by().login(), Columns.PERSON);
    source = learnt.source().toString();
    sourceKey = Columns.line(learnt.key(), Columns.TITLE);
    servedBy = learnt.commit().orElse(null);
    learntAt = Columns.time(learnt.learntAt());
    become(learnt);
  }

  /** Takes over what may change. */
  void become(Convention next) {
    rule = Columns.line(next.rule(), Convention.LONGEST);
    stage = next.stage().name();
    usedAt = Columns.time(next.usedAt());
    note = Columns.line(next.note(), Columns.TITLE);
  }

  Convention toConvention() {
    return new Convention(
        id,
        RepositoryName.parse(repository),
        rule,
        Convention.Stage.valueOf(stage),
        new Person(saidById, saidByLogin),
        URI.create(source),
        sourceKey,
        Optional.ofNullable(servedBy),
        learntAt,
        usedAt,
        note);
  }
}
