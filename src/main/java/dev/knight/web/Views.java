package dev.knight.web;

import dev.knight.api.EventView;
import dev.knight.api.HappeningView;
import dev.knight.api.JobDetails;
import dev.knight.api.JobLimits;
import dev.knight.api.JobView;
import dev.knight.api.JobWork;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Job;
import dev.knight.job.JobStore;
import dev.knight.live.Happening;
import jakarta.inject.Singleton;

/**
 * Jobs as the API shows them: what others wrote, and what an agent said, is without secrets by
 * then.
 */
@Singleton
record Views(JobStore store, JobLimits limits, JobWork work, Redactor redactor) {
  /** {@code job} as it is listed. */
  JobView of(Job job) {
    return JobView.of(job, redactor::text);
  }

  /** {@code job} with its story. */
  JobDetails whole(Job job) {
    return JobDetails.of(job, store, limits, work, redactor::text);
  }

  /** Something that happened. */
  HappeningView of(Happening one) {
    return new HappeningView(
        one.event().map(event -> EventView.of(event, redactor::text)), of(one.job()));
  }
}
