//! Promises of the reader, told from outside: verdicts on honest and harmful mail, hostile input, and the collections
//! in the data folder where they are at hand.

mod collections;
mod hostile;
mod mutated;
mod stories;
mod synthetic;
