//! A message in, what it does to people out: levers, kind of attack, how hard it was to spot, why it is understandable.
