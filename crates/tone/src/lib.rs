//! What a person wrote to us in, feelings out, each with its reasons and its uncertainty.
