//! Text to sentences and words with byte spans, its language, and the runtime of the small learned models.
