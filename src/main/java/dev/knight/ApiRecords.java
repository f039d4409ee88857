package dev.knight;

import dev.knight.api.BackupView;
import dev.knight.api.CheckView;
import dev.knight.api.ConventionView;
import dev.knight.api.Diff;
import dev.knight.api.DiffView;
import dev.knight.api.EffectView;
import dev.knight.api.EnqueueRequest;
import dev.knight.api.EventView;
import dev.knight.api.HappeningView;
import dev.knight.api.JobDetails;
import dev.knight.api.JobLimits;
import dev.knight.api.JobView;
import dev.knight.api.LiveLine;
import dev.knight.api.LivePosition;
import dev.knight.api.LoginView;
import dev.knight.api.Problem;
import dev.knight.api.ProposalView;
import dev.knight.api.RestoreView;
import dev.knight.api.RuleRequest;
import dev.knight.api.ServiceAddress;
import dev.knight.api.SetbacksView;
import dev.knight.api.StatsRow;
import dev.knight.api.StatsView;
import dev.knight.api.SteerRequest;
import dev.knight.api.TriedNotice;
import dev.knight.api.UsedView;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What the clients write and read as JSON. The build of a native executable finds by itself only
 * what a resource of the service takes or gives, and a client is not one.
 */
@RegisterForReflection(
    targets = {
      BackupView.class,
      CheckView.class,
      ConventionView.class,
      Diff.class,
      DiffView.class,
      EffectView.class,
      EnqueueRequest.class,
      EventView.class,
      HappeningView.class,
      JobDetails.class,
      JobLimits.class,
      JobView.class,
      LiveLine.class,
      LivePosition.class,
      LoginView.class,
      Problem.class,
      ProposalView.class,
      RestoreView.class,
      RuleRequest.class,
      ServiceAddress.class,
      SetbacksView.class,
      StatsRow.class,
      StatsView.class,
      SteerRequest.class,
      TriedNotice.class,
      UsedView.class
    })
final class ApiRecords {
  private ApiRecords() {}
}
