package simulation

// GCPercent is how far the heap may grow between two collections, as
// [runtime/debug.SetGCPercent] takes it, in a program that only simulates: the
// heap is small and the garbage much, and with fewer collections two workers
// hold each other up less.
const GCPercent = 400
