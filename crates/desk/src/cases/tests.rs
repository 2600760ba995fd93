//! Stories of this feature, told through its verbs.
