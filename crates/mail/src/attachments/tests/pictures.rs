//! Pictures and the codes in them.

use super::*;

#[test]
fn a_qr_code_is_read_in_every_format_size_and_colour() {
    let grey = qr(TARGET, 6, 24, 0, 255);
    let picture = image::DynamicImage::ImageLuma8(grey);
    for format in [
        image::ImageFormat::Png,
        image::ImageFormat::Jpeg,
        image::ImageFormat::Gif,
        image::ImageFormat::WebP,
        image::ImageFormat::Bmp,
    ] {
        let picture = image::DynamicImage::ImageRgb8(picture.to_rgb8());
        let seen = check(&file(&picture, format), "scan.png", &["link-in-qr"]);
        assert_eq!(targets(&seen), [TARGET], "{format:?}");
        assert_eq!(seen.links[0].found_in, "qr");
    }
    for (scale, margin, dark, light) in
        [(3, 12, 0, 255), (4, 16, 60, 200), (8, 300, 0, 255), (30, 120, 0, 255), (6, 24, 255, 0)]
    {
        let seen = check(&png(qr(TARGET, scale, margin, dark, light)), "scan.png", &["link-in-qr"]);
        assert_eq!(targets(&seen), [TARGET], "{scale} {margin} {dark} {light}");
    }
    let clear = image::RgbaImage::from_fn(picture.width(), picture.height(), |x, y| {
        let dark = picture.to_luma8().get_pixel(x, y).0[0] < 128;
        image::Rgba([0, 0, 0, if dark { 255 } else { 0 }])
    });
    let seen = check(
        &file(&image::DynamicImage::ImageRgba8(clear), image::ImageFormat::Png),
        "clear.png",
        &["link-in-qr"],
    );
    assert_eq!(targets(&seen), [TARGET]);
}

#[test]
fn a_turned_code_on_a_busy_page_is_read() {
    let code = qr(TARGET, 6, 24, 20, 235);
    let side = code.width();
    for degrees in [0.0_f32, 7.0, 90.0, 180.0] {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let page = image::GrayImage::from_fn(900, 700, |x, y| {
            // Lines of something like writing on the left, the turned code on the right.
            let (dx, dy) = (x as f32 - 600.0, y as f32 - 350.0);
            let half = side as f32 / 2.0;
            let (u, v) = (dx * cos + dy * sin + half, dy * cos - dx * sin + half);
            let inside = |at: f32| at >= 0.0 && at < side as f32;
            if inside(u) && inside(v) {
                return *code.get_pixel(u as u32, v as u32);
            }
            let ink = x < 400 && y % 18 < 10 && (x / 3 * 7 + y / 18 * 13) % 5 < 2;
            image::Luma([if ink { 30 } else { 240 }])
        });
        let bytes = file(
            &image::DynamicImage::ImageRgb8(image::DynamicImage::ImageLuma8(page).to_rgb8()),
            image::ImageFormat::Jpeg,
        );
        let seen = look(&bytes, "letter.jpg", "", &mut Budget::for_one_message());
        assert_eq!(targets(&seen), [TARGET], "{degrees}");
    }
}

#[test]
fn what_a_qr_code_holds_is_told() {
    check(
        &png(qr("BCD\n002\n1\nSCT\n\nName\nDE89370400440532013000\nEUR12", 5, 20, 0, 255)),
        "pay.png",
        &["qr-payment"],
    );
    check(&png(qr("WIFI:S:home;T:WPA;P:x;;", 5, 20, 0, 255)), "wifi.png", &["qr-other"]);
    let seen = check(&png(qr("EVIL.EXAMPLE/A", 5, 20, 0, 255)), "bare.png", &["link-in-qr"]);
    assert_eq!(targets(&seen), ["http://EVIL.EXAMPLE/A"]);
}

#[test]
fn ordinary_and_odd_pictures_say_nothing() {
    let noise = image::GrayImage::from_fn(300, 300, |x, y| {
        image::Luma([u8::try_from(((x * 7919) ^ (y * 104_729)) % 251).unwrap()])
    });
    check(&png(noise), "noise.png", &[]);
    check(&png(image::GrayImage::new(1, 1)), "pixel.gif", &[]);
    check(b"\x89PNG\r\n\x1a\nbroken", "broken.png", &[]);
    // A header that claims 100,000 × 100,000 pixels.
    let mut huge = png(image::GrayImage::new(64, 64));
    huge[16..24].copy_from_slice(&[0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0]);
    let started = Instant::now();
    codes(&huge, "huge.png");
    assert!(started.elapsed() < Duration::from_secs(2));
    let wide = image::GrayImage::new(4_000, 4_000);
    check(&png(wide), "wide.png", &["image-too-large"]);
}

#[test]
fn pictures_share_one_budget_of_pixels() {
    let picture = qr(TARGET, 8, 40, 0, 255);
    let area = usize::try_from(picture.width() * picture.height()).unwrap();
    let bytes = png(picture);
    let mut budget = Budget { pixels: area * 3 + 1, ..Budget::for_one_message() };
    let read =
        (0..5).map(|_| look(&bytes, "a.png", "", &mut budget)).filter(|seen| !seen.links.is_empty()).count();
    assert_eq!(read, 3);
}

#[test]
fn svg_pictures_with_scripts_are_told() {
    check(b"<svg xmlns='http://www.w3.org/2000/svg'><circle r='3'/></svg>", "a.svg", &[]);
    let seen = check(
        b"<?xml version='1.0'?><svg><script>location.href='https://evil.example/s'</script></svg>",
        "a.svg",
        &["svg-script", "html-attachment-script", "html-attachment-redirect"],
    );
    assert_eq!(targets(&seen), ["https://evil.example/s"]);
    let seen = check(b"<svg><a href=\"https://evil.example/?a=1&amp;b=2\"><rect/></a></svg>", "a.svg", &[]);
    assert_eq!(targets(&seen), ["https://evil.example/?a=1&b=2"]);
}

/// The decoder unpacks a colour profile up to its limit before it knows how large the picture is.
#[test]
fn packed_words_and_profiles_in_a_picture_are_never_unpacked_and_hide_no_code() {
    let plain = png(qr(TARGET, 6, 24, 0, 255));
    let packed = zlib(&vec![0; 64 << 20]);
    for kind in [b"iCCP", b"zTXt"] {
        let data = [kind.as_slice(), b"a\0\0", &packed].concat();
        let mut sum = flate2::Crc::new();
        sum.update(&data);
        let length = u32::try_from(data.len() - 4).expect("short").to_be_bytes();
        let chunk = [length.as_slice(), &data, &sum.sum().to_be_bytes()].concat();
        let bomb = [&plain[..33], &chunk, &plain[33..]].concat();
        assert_eq!(
            crate::attachments::picture::bare_png(&bomb),
            crate::attachments::picture::bare_png(&plain)
        );
        let seen = check(&bomb, "scan.png", &["link-in-qr"]);
        assert_eq!(targets(&seen), [TARGET]);
    }
    let cut = &plain[..plain.len() / 2];
    assert!(crate::attachments::picture::bare_png(cut).len() <= cut.len());
}
