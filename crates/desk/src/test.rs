//! A desk for tests.
