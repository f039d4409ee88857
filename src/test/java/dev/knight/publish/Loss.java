package dev.knight.publish;

import dev.knight.fake.MortalGitHub;
import dev.knight.rehearsal.Fault;
import dev.knight.rehearsal.StandInGitHub;

/** How the answer to a write is lost, or its sender. */
enum Loss {
  NOTHING,
  DEATH_BEFORE_THE_CALL,
  DEATH_BEFORE_THE_RESULT_IS_NOTED,
  REQUEST_LOST,
  ANSWER_LOST,
  ANSWER_CUT,
  SERVER_FAILS;

  /** Lets it happen once. */
  void happen(
      String write, String method, String path, StandInGitHub standIn, MortalGitHub mortal) {
    Fault.Place place = Fault.on(method, path);
    switch (this) {
      case NOTHING -> {}
      case DEATH_BEFORE_THE_CALL -> mortal.dieAt(write, false);
      case DEATH_BEFORE_THE_RESULT_IS_NOTED -> mortal.dieAt(write, true);
      case REQUEST_LOST -> standIn.inject(place.dropBefore());
      case ANSWER_LOST -> standIn.inject(place.dropAfter());
      case ANSWER_CUT -> standIn.inject(place.cutAfter(20));
      case SERVER_FAILS -> standIn.inject(place.badGateway());
    }
  }
}
