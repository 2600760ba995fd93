//! What time it is, given from outside; a test gives a fixed one. The desk never asks the system.

use std::sync::Arc;

use crate::ids::Time;

/// A source of the current moment.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Time + Send + Sync>);

impl Clock {
    pub fn new(source: impl Fn() -> Time + Send + Sync + 'static) -> Clock {
        Clock(Arc::new(source))
    }

    pub fn now(&self) -> Time {
        (self.0)()
    }
}
