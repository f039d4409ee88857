package dev.knight.dashboard;

import java.util.List;

/**
 * One thing of a session. A text that there is none of is empty.
 *
 * @param id of its element
 * @param kind {@code person}, {@code asked}, {@code said}, {@code call} or {@code note}
 * @param aside the conversation that it is of, if that is not the main one
 * @param text what was said; of a call, what it is about
 * @param thoughts what was thought before it was said
 * @param report what it ends with for knight to read
 * @param tool the name of the tool that is called
 * @param change what the tool is to change
 * @param end how the call ended
 */
record TalkItem(
    String id,
    String kind,
    String aside,
    Moment at,
    String text,
    String thoughts,
    String report,
    String tool,
    List<CodeLine> change,
    CallEnd end) {

  /**
   * How a call of a tool ended, as two elements that are replaced when it does.
   *
   * @param signId the element that says how it ended
   * @param outputId the element with what it printed
   * @param state {@code running}, {@code good} or {@code bad}; {@code open} of what never ended
   * @param took how long it took
   */
  record CallEnd(String signId, String outputId, String state, String took, String output) {
    /** Of what is no call. */
    static final CallEnd NONE = new CallEnd("", "", "", "", "");
  }
}
