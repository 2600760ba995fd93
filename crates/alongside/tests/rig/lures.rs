//! Reports as people send them: a lure attached to a short mail. Seeded, every one a lure of its own.

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

/// One report on its way: who sends it, its bytes, and the subject by which it is found again.
pub struct Report {
    pub from: String,
    pub subject: String,
    pub raw: Vec<u8>,
}

const BRANDS: [&str; 8] = [
    "Harbour Payroll",
    "Parcel Depot",
    "Cloud Drive",
    "City Bank",
    "Tax Office",
    "IT Support",
    "Voice Mail",
    "The Director",
];
const OPENINGS: [&str; 6] = [
    "We noticed a sign-in to your account from a place you have not used before.",
    "A parcel for you is waiting because the address was not complete.",
    "Your mailbox is nearly full and will stop receiving mail tonight.",
    "The attached invoice was returned by your bank and must be paid again.",
    "Your salary for this month could not be paid out to the account we know.",
    "I am in a meeting and need you to do something for me without telling anybody.",
];
const ASKS: [&str; 6] = [
    "Please confirm your password on the page below within 24 hours.",
    "Pay the small fee of 1.99 with your card so that we can deliver it.",
    "Open the document and sign in with your work account to read it.",
    "Transfer the amount today to the new account in the letter.",
    "Buy five gift cards and send me photographs of the codes.",
    "Call us back at once on the number in this message.",
];
const THREATS: [&str; 5] = [
    "Otherwise your account will be closed for good.",
    "After that, a fee is added for every day.",
    "This is confidential, so please do not speak to anybody about it.",
    "Legal steps have already begun.",
    "Only the first two hundred colleagues can be served.",
];
const WORDS: [&str; 40] = [
    "harbour", "crane", "ledger", "copper", "willow", "lantern", "orchard", "meadow", "granite", "velvet",
    "compass", "thimble", "saddle", "marble", "cedar", "beacon", "pebble", "anchor", "barley", "canvas",
    "ember", "falcon", "ginger", "hazel", "ivory", "jasmine", "kettle", "linen", "maple", "nutmeg", "onyx",
    "poppy", "quartz", "ribbon", "saffron", "timber", "umber", "violet", "walnut", "yarrow",
];

/// The report with a number, from one of `senders` people. The same number and seed give the same bytes.
pub fn report(number: usize, senders: usize, seed: u64) -> Report {
    let mut chance = StdRng::seed_from_u64(seed ^ (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let pick = |chance: &mut StdRng, list: &[&'static str]| list.choose(chance).copied().unwrap_or_default();
    let from = format!("person{}@harbour.example", chance.random_range(0..senders.max(1)));
    let brand = pick(&mut chance, &BRANDS);
    let subject = format!("Notice {number} from {brand}");
    let filler: Vec<&str> = (0..60).map(|_| pick(&mut chance, &WORDS)).collect();
    let host = format!("{}-{}.example", pick(&mut chance, &WORDS), number);
    let (opening, ask, threat) =
        (pick(&mut chance, &OPENINGS), pick(&mut chance, &ASKS), pick(&mut chance, &THREATS));
    let lines: Vec<String> = filler.chunks(12).map(|chunk| chunk.join(" ")).collect();
    let text = format!(
        "From: {from}\n\
         To: security@desk.example\n\
         Subject: Is this real?\n\
         Message-ID: <{number}.{seed}@harbour.example>\n\
         MIME-Version: 1.0\n\
         Content-Type: multipart/mixed; boundary=\"part\"\n\n\
         --part\nContent-Type: text/plain; charset=utf-8\n\n\
         This came today. I only looked at it.\n\n\
         --part\nContent-Type: message/rfc822\nContent-Disposition: attachment\n\n\
         From: \"{brand}\" <service@{host}>\n\
         Reply-To: answer@elsewhere-{number}.example\n\
         To: {from}\n\
         Subject: {subject}\n\
         Message-ID: <lure.{number}.{seed}@{host}>\n\
         Date: Mon, 23 Nov 2026 09:00:00 +0000\n\
         MIME-Version: 1.0\n\
         Content-Type: text/html; charset=utf-8\n\n\
         <p>Dear customer,</p><p>{opening}</p>\n<p>{ask} {threat}</p>\n\
         <p>Reference {}</p>\n<p><a href=\"http://{host}/sign-in/{number}\">https://www.harbour.example/account</a></p>\n\n\
         --part--\n",
        lines.join("\n")
    );
    Report { from, subject, raw: text.replace('\n', "\r\n").into_bytes() }
}
