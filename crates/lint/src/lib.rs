//! A draft in, findings out: is it kind, clear and useful to the person who reads it?
