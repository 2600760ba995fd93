//! What phrases cannot say: named functions that look at a whole prepared document. Rule files name them as `module::function`.

pub mod empathy;
pub mod executive;
pub mod fear;
pub mod lure;
pub mod next_step;
pub mod reading;
pub mod warning;
