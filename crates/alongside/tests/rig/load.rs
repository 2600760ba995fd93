//! How much a desk bears, and how fast it answers.
