//! A desk that has been in use for a while.
