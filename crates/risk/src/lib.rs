//! A scenario and a seed in, a distribution of yearly loss out (Open FAIR).
