//! How long the full analysis takes on small and large messages: `cargo bench -p mail`.

fn main() {
    divan::main();
}

fn lure(paragraphs: usize) -> Vec<u8> {
    let mut raw = "From: \"PayPal Service\" <info@k3j4h5.example>\nTo: ana@example.org\nSubject: Your account has been suspended\nDate: Tue, 5 Mar 2024 09:00:00 +0000\nMessage-ID: <1@k3j4h5.example>\nContent-Type: text/html; charset=utf-8\n\n<html><body>".to_owned();
    for number in 0..paragraphs {
        raw.push_str(&format!("<p style=\"color:#333;font-size:14px\">Dear customer, please verify your account within 24 hours or it will be blocked. <a href=\"https://login-{number}.example.com/a?b={number}\">Verify now</a></p>"));
    }
    raw.push_str("</body></html>");
    raw.into_bytes()
}

#[divan::bench(args = [1, 10, 100, 1_000])]
fn read(bencher: divan::Bencher<'_, '_>, paragraphs: usize) {
    let raw = lure(paragraphs);
    let setting = mail::Setting::default();
    bencher
        .counter(divan::counter::BytesCount::of_slice(&raw))
        .bench(|| mail::read(divan::black_box(&raw), &setting));
}

#[divan::bench(args = [10, 1_000])]
fn fingerprint(bencher: divan::Bencher<'_, '_>, paragraphs: usize) {
    let setting = mail::Setting::default();
    let reading = mail::read(&lure(paragraphs), &setting);
    bencher.bench(|| mail::fingerprint(divan::black_box(reading.subject_message()), &setting));
}

#[divan::bench(args = [10, 1_000])]
fn sanitised_html(bencher: divan::Bencher<'_, '_>, paragraphs: usize) {
    let reading = mail::read(&lure(paragraphs), &mail::Setting::default());
    bencher.bench(|| mail::sanitised_html(divan::black_box(reading.subject_message())));
}
