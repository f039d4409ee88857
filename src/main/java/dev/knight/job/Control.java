package dev.knight.job;

/** What a person can do to a job by a reaction to its status comment. */
public enum Control {
  /** 👎: it stops. */
  STOP,
  /** 😕: it gives a short account of what it is doing. */
  ACCOUNT,
  /** 👍: what is held is let through. */
  RELEASE,
  /** 🚀: the plan that is shown is agreed to. */
  APPROVE,
  /** 🚀: the budget that ran out is given once more. */
  EXTEND
}
