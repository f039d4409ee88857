package dev.knight.agent;

/**
 * What an earlier service left of a conversation.
 *
 * @param lives whether its bridge holds its lock
 * @param answers whether it says something on its socket
 * @param wanted whether its job still runs
 */
record Remains(boolean lives, boolean answers, boolean wanted) {

  /** What becomes of it. */
  enum Fate {
    /** It works on; its job finds it when it asks. */
    TAKEN_BACK,
    /** It is ended, with pi and all that pi started. */
    STOPPED,
    /** It is dead: what its pi left behind is ended, and its socket removed. */
    CLEARED
  }

  Fate fate() {
    if (!lives) {
      return Fate.CLEARED;
    }
    return answers && wanted ? Fate.TAKEN_BACK : Fate.STOPPED;
  }
}
