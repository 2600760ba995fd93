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

use text::Key;

/// The months: a number beside one is a day.
static MONTHS: [Key; 12] = Key::each([
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]);

/// Those who mean harm, as letters name them.
static ATTACKERS: [Key; 14] = Key::each([
    "attacker",
    "attackers",
    "criminal",
    "criminals",
    "fraudster",
    "fraudsters",
    "scammer",
    "scammers",
    "caller",
    "callers",
    "thief",
    "thieves",
    "hacker",
    "hackers",
]);
