//! Intervals, survival, rates, agreement and trends: one home for every number the product shows.
