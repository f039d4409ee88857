package dev.knight.dashboard;

import java.util.List;

/**
 * A part of a job's session.
 *
 * @param items oldest first
 * @param earlier where the part before it is, or empty
 * @param isPast whether it is not the last part
 */
record JobTalk(List<TalkItem> items, String earlier, boolean isPast) {
  static final JobTalk NONE = new JobTalk(List.of(), "", false);
}
