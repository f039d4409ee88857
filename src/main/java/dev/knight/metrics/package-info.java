/**
 * What is measured of knight: counted where it happens, by listeners that the packages concerned
 * have an interface for, or asked of the store when somebody looks. No label has a value that grows
 * with use: no job, no person, no address.
 */
@NullMarked
package dev.knight.metrics;

import org.jspecify.annotations.NullMarked;
