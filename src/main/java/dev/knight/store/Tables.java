package dev.knight.store;

import jakarta.inject.Singleton;

/** The tables that are read and written as they are, with no rule above them. */
@Singleton
record Tables(
    JobRows jobs,
    MentionRows mentions,
    EventRows events,
    EffectRows effects,
    ReplyRows replies,
    RemarkRows remarks,
    AssumptionRows assumptions,
    StreamRows streams,
    RepositoryRows repositories,
    ToldRows told,
    ReservationRows reservations,
    FigureRows figures,
    RequestKeyRows keys,
    ReadMarkRows marks) {}
