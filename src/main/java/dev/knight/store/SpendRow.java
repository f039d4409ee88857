package dev.knight.store;

import dev.knight.job.Spent;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/** What one model of a job cost on a day, as it lies in table {@code spend}. */
@Entity
@Table(name = "spend")
class SpendRow {
  @EmbeddedId private Key key;

  @Column(name = "input_tokens")
  private long inputTokens;

  @Column(name = "output_tokens")
  private long outputTokens;

  private BigDecimal usd;

  /** What a row is about. */
  @Embeddable
  record Key(
      @Column(name = "job_id") long jobId,
      @Column(name = "spent_on") LocalDate day,
      String model) {}

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected SpendRow() {}

  SpendRow(Key key, Spent spent) {
    this.key = key;
    this.inputTokens = spent.inputTokens();
    this.outputTokens = spent.outputTokens();
    this.usd = spent.usd().setScale(Columns.USD_DECIMALS, RoundingMode.HALF_UP);
  }

  Key key() {
    return key;
  }

  Spent toSpent() {
    return new Spent(inputTokens, outputTokens, Columns.money(usd));
  }
}
