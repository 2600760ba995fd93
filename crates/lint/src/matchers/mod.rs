//! What phrases cannot say: named functions that look at a whole prepared document. Rule files name them as `module::function`.

mod contact;
mod doing;
pub mod empathy;
pub mod executive;
pub mod fear;
pub mod lure;
pub mod next_step;
pub mod policy;
pub mod reading;
pub mod register;
pub mod short_form;
pub mod warning;
