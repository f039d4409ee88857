package dev.knight.chaos;

/**
 * One kill, as it is planned.
 *
 * @param number from 1
 */
record Strike(int number, Victim victim, Moment moment) {}
