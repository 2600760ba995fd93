//! Attachments made to hurt: archives, PDF files, pictures, Outlook items, calendars.

use std::io::Write;

use crate::inputs::{Input, LARGE, attached};
use crate::make::{checks, compound, corners, item, outlook, png, with_chunk};

pub const ALL: &[Input] = &[
    ("zip of 1.2 GiB, by its directory", || {
        zip_file(&(0..20).map(|_| ("a.txt", zeros(64 << 20))).collect::<Vec<_>>(), true)
    }),
    ("zip that says it is small", || {
        zip_file(&(0..200).map(|_| ("a.html", zeros(8 << 20))).collect::<Vec<_>>(), false)
    }),
    ("zips inside zips, four deep", || {
        let mut inner = zip(&[("a.html".to_owned(), zeros(8 << 20))]);
        for _ in 0..4 {
            inner = zip(&(0..16).map(|n| (format!("{n}.zip"), inner.clone())).collect::<Vec<_>>());
        }
        attached("application/zip", "a.zip", &[inner])
    }),
    ("200 zips of bombs", || {
        let inner = zip(&[("a.html".to_owned(), zeros(8 << 20))]);
        attached("application/zip", "a.zip", &vec![inner; 200])
    }),
    ("zip of 60,000 entries", || {
        let files: Vec<(String, Vec<u8>)> =
            (0..60_000).map(|n| (format!("{n}.txt"), b"x".to_vec())).collect();
        attached("application/zip", "a.zip", &[zip(&files)])
    }),
    ("zip with no directory, 18 MiB of headers", || {
        attached("application/zip", "a.zip", &[b"PK\x03\x04".repeat(4_500_000)])
    }),
    ("a docx of bombs", || {
        let page = b"<w:t>http://a.example/ </w:t>".repeat(300_000);
        let files: Vec<(String, Vec<u8>)> = std::iter::once("[Content_Types].xml".to_owned())
            .chain((0..40).map(|n| format!("word/document{n}.xml")))
            .map(|name| (name, page.clone()))
            .collect();
        attached("application/msword", "a.docx", &[zip(&files)])
    }),
    ("gzip inside gzip inside gzip", || {
        let mut inner = zeros(1 << 30);
        for _ in 0..3 {
            inner = gzip(&inner);
        }
        attached("application/gzip", "a.gz", &[inner])
    }),
    ("gzip of 1 GiB, 17 times", || attached("application/gzip", "a.gz", &vec![gzip(&zeros(1 << 30)); 17])),
    ("tar of 40,000 empty files", || {
        let mut header = vec![0_u8; 512];
        header.get_mut(..5).expect("room").copy_from_slice(b"a.txt");
        header.get_mut(257..262).expect("room").copy_from_slice(b"ustar");
        header.get_mut(124..135).expect("room").copy_from_slice(b"00000000000");
        attached("application/x-tar", "a.tar", &[header.repeat(36_000)])
    }),
    ("PDF stream of 1 GiB", || pdf(&[stream("/Filter /FlateDecode", &zlib(&zeros(1 << 30)))])),
    ("PDF with 400 bombs", || {
        let packed = zlib(&zeros(32 << 20));
        pdf(&(0..400).map(|_| stream("/Filter /FlateDecode", &packed)).collect::<Vec<_>>())
    }),
    ("PDF stream packed five times", || {
        let mut packed = zeros(1 << 30);
        for _ in 0..5 {
            packed = zlib(&packed);
        }
        pdf(&[stream("/Filter [/FlateDecode /FlateDecode /FlateDecode /FlateDecode /FlateDecode]", &packed)])
    }),
    ("PDF object stream of huge counts", || {
        let pairs: String = (0..400_000).map(|n| format!("{n} 0 ")).collect();
        pdf(&[stream(
            "/Type /ObjStm /N 4000000000 /First 3000000000 /Filter /FlateDecode",
            &zlib(pairs.as_bytes()),
        )])
    }),
    ("PDF object streams whose objects overlap", || {
        let body = format!("<< /URI (http://a.example) {} >>", "/A ".repeat(800_000));
        let pairs: String = (0..20_000).map(|n| format!("{} 0 ", n + 10)).collect();
        let first = pairs.len();
        let all = zlib(format!("{pairs}{body}").as_bytes());
        pdf(&(0..9)
            .map(|_| stream(&format!("/Type /ObjStm /N 20000 /First {first} /Filter /FlateDecode"), &all))
            .collect::<Vec<_>>())
    }),
    ("PDF of 500,000 objects", || pdf(&(0..500_000).map(|_| b"<< /A 1 >>".to_vec()).collect::<Vec<_>>())),
    ("PDF of objects without an end", || {
        attached(
            "application/pdf",
            "a.pdf",
            &[[b"%PDF-1.7\n".to_vec(), b"1 0 obj\n<< ".repeat(1_600_000)].concat()],
        )
    }),
    ("PDF of 'obj' alone", || {
        attached(
            "application/pdf",
            "a.pdf",
            &[[b"%PDF-1.7\n".to_vec(), b"1 0 obj stream\n".repeat(1_200_000)].concat()],
        )
    }),
    ("PDF of open brackets", || {
        attached(
            "application/pdf",
            "a.pdf",
            &[[b"%PDF-1.7\n1 0 obj ".to_vec(), b"<<".repeat(9 << 20)].concat()],
        )
    }),
    ("PDF text of 300,000 words", || {
        let words = format!("BT {} ET", "(Pay now) Tj T* ".repeat(250_000));
        pdf(&(0..6).map(|_| stream("/Filter /FlateDecode", &zlib(words.as_bytes()))).collect::<Vec<_>>())
    }),
    ("PDF fonts of large tables", || {
        let rows: String = (0..200_000).map(|n| format!("<{:04x}> <0041>\n", n % 65_536)).collect();
        let map = zlib(
            format!("begincmap 200000 beginbfchar\n{rows}endbfchar <0000> <ffff> <0000> endcmap").as_bytes(),
        );
        pdf(&(0..60).map(|_| stream("/Filter /FlateDecode", &map)).collect::<Vec<_>>())
    }),
    ("PDF font ranges that span everything", || {
        let rows = "<0000> <ffff> <0041>\n".repeat(190_000);
        let map = zlib(format!("begincmap 100 beginbfrange\n{rows}endbfrange endcmap").as_bytes());
        pdf(&(0..60).map(|_| stream("/Filter /FlateDecode", &map)).collect::<Vec<_>>())
    }),
    ("PDF pictures of 3,000 x 3,000", || {
        let pixels = zlib(&zeros(9_000_000));
        pdf(&(0..40)
            .map(|_| {
                stream(
                    "/Subtype /Image /Width 3000 /Height 3000 /BitsPerComponent 8 /Filter /FlateDecode",
                    &pixels,
                )
            })
            .collect::<Vec<_>>())
    }),
    ("PNG that says 50,000 x 50,000", || {
        attached("image/png", "a.png", &[png(50_000, 50_000, &zlib(&zeros(1 << 20)))])
    }),
    ("PNG of 8,000 x 8,000", || {
        attached("image/png", "a.png", &[png(8_000, 8_000, &zlib(&zeros(8_001 * 8_000)))])
    }),
    ("PNG of 3,100 x 3,100", || {
        attached("image/png", "a.png", &[png(3_100, 3_100, &zlib(&checks(3_100, 8)))])
    }),
    ("200 PNG of 1,000 x 1,000, like codes", || {
        attached("image/png", "a.png", &vec![png(1_000, 1_000, &zlib(&checks(1_000, 4))); 200])
    }),
    ("PNG full of corner marks", || {
        attached("image/png", "a.png", &[png(3_100, 3_100, &zlib(&corners(3_100)))])
    }),
    ("PNG with a bomb as its text", || {
        let text = [b"a\0\0".to_vec(), zlib(&zeros(1 << 30))].concat();
        attached(
            "image/png",
            "a.png",
            &[with_chunk(&png(100, 100, &zlib(&zeros(101 * 100))), b"zTXt", &text)],
        )
    }),
    ("PNG with a bomb as its colours", || {
        let profile = [b"a\0\0".to_vec(), zlib(&zeros(1 << 30))].concat();
        attached(
            "image/png",
            "a.png",
            &[with_chunk(&png(100, 100, &zlib(&zeros(101 * 100))), b"iCCP", &profile)],
        )
    }),
    ("GIF of 60,000 x 60,000 in 1x1 frames", || {
        let frame = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0";
        let gif = [
            b"GIF89a\x60\xea\x60\xea\x80\0\0\0\0\0\xff\xff\xff".to_vec(),
            frame.repeat(1_000_000),
            b";".to_vec(),
        ]
        .concat();
        attached("image/gif", "a.gif", &[gif])
    }),
    ("BMP of 60,000 x 60,000", || {
        let mut bmp = b"BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x60\xea\0\0\x60\xea\0\0\x01\0\x18\0".to_vec();
        bmp.resize(4096, 0);
        attached("image/bmp", "a.bmp", &[bmp])
    }),
    ("msg whose sectors go round", || {
        attached("application/vnd.ms-outlook", "a.msg", &[compound(Some(0), 18 << 20)])
    }),
    ("msg of 20,000 streams of one sector", || {
        attached("application/vnd.ms-outlook", "a.msg", &[compound(None, 18 << 20)])
    }),
    ("msg of 500 people and 200 files", || {
        attached("application/vnd.ms-outlook", "a.msg", &[outlook(500, 200, 80_000)])
    }),
    ("msg with RTF that unpacks without an end", || {
        let mut packed = vec![0_u8; 16];
        packed.get_mut(4..8).expect("room").copy_from_slice(&u32::MAX.to_le_bytes());
        packed.get_mut(8..12).expect("room").copy_from_slice(b"LZFu");
        packed
            .extend(b"\xff\x00\x0f\x00\x0f\x00\x0f\x00\x0f\x00\x0f\x00\x0f\x00\x0f\x00\x0f".repeat(200_000));
        attached(
            "application/vnd.ms-outlook",
            "a.msg",
            &[item(&[("__substg1.0_10090102".to_owned(), packed)])],
        )
    }),
    ("RTF groups, 18 MiB", || {
        attached("application/rtf", "a.rtf", &[[b"{\\rtf1".to_vec(), b"{\\*\\a".repeat(3_500_000)].concat()])
    }),
    ("RTF objects, 18 MiB", || {
        attached(
            "application/rtf",
            "a.rtf",
            &[[b"{\\rtf1".to_vec(), b"{\\object\\objdata 0105}".repeat(800_000)].concat()],
        )
    }),
    ("calendar of 18 MiB", || {
        let event = "BEGIN:VEVENT\nSUMMARY:x\nDESCRIPTION:http://a.example/\nATTENDEE:mailto:a@b.example\nEND:VEVENT\n";
        attached(
            "text/calendar",
            "a.ics",
            &[format!("BEGIN:VCALENDAR\n{}", event.repeat(190_000)).into_bytes()],
        )
    }),
    ("calendar of one folded line, 18 MiB", || {
        attached(
            "text/calendar",
            "a.ics",
            &[format!("BEGIN:VCALENDAR\nDESCRIPTION:{}", "x\n ".repeat(6_000_000)).into_bytes()],
        )
    }),
    ("calendar of parts inside each other", || {
        attached("text/calendar", "a.ics", &[b"BEGIN:VCALENDAR\n".repeat(1_100_000)])
    }),
    ("HTML file of 18 MiB", || {
        attached(
            "text/html",
            "a.html",
            &[b"<a href=http://a.example/>x</a><script>atob('')</script>".repeat(330_000)],
        )
    }),
    ("SVG file of 18 MiB", || {
        attached(
            "image/svg+xml",
            "a.svg",
            &[[
                b"<svg xmlns='http://www.w3.org/2000/svg'>".to_vec(),
                b"<g><a href='http://a.example'>".repeat(600_000),
            ]
            .concat()],
        )
    }),
    ("SVG entities that grow", || {
        let mut svg = "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a0 'words'>".to_owned();
        svg.extend((1..40).map(|n| format!("<!ENTITY a{n} '{}'>", format!("&a{};", n - 1).repeat(10))));
        svg.push_str("]><svg xmlns='http://www.w3.org/2000/svg'>&a39;</svg>");
        attached("image/svg+xml", "a.svg", &[svg.into_bytes()])
    }),
    ("200 attachments of 90 KB, each a program", || {
        attached("application/octet-stream", "a.exe", &vec![[b"MZ".to_vec(), vec![1; 90_000]].concat(); 200])
    }),
    ("names of 1 MB, 20 of them", || {
        attached("text/plain", &format!("{}.exe", "a".repeat(1 << 20)), &vec![b"x".to_vec(); 20])
    }),
];

fn zeros(count: usize) -> Vec<u8> {
    vec![0; count]
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(bytes).expect("memory takes it");
    out.finish().expect("memory takes it")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(bytes).expect("memory takes it");
    out.finish().expect("memory takes it")
}

fn zip(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let how = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in files {
        out.start_file(name.as_str(), how).expect("a new name");
        out.write_all(bytes).expect("memory takes it");
    }
    out.finish().expect("memory takes it").into_inner()
}

/// A mail with a ZIP file whose sizes are honest or, in directory and headers, a hundred bytes each.
fn zip_file(files: &[(&str, Vec<u8>)], honest: bool) -> Vec<u8> {
    let files: Vec<(String, Vec<u8>)> =
        files.iter().enumerate().map(|(n, (name, bytes))| (format!("{n}{name}"), bytes.clone())).collect();
    let mut out = zip(&files);
    if !honest {
        for (mark, at) in [(b"PK\x01\x02", 24), (b"PK\x03\x04", 22)] {
            let places: Vec<usize> =
                out.windows(4).enumerate().filter(|(_, four)| four == mark).map(|(n, _)| n).collect();
            for place in places {
                if let Some(size) = out.get_mut(place + at..place + at + 4) {
                    size.copy_from_slice(&100_u32.to_le_bytes());
                }
            }
        }
    }
    attached("application/zip", "a.zip", &[out])
}

fn stream(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("<< {dictionary} /Length {} >>\nstream\n", bytes.len());
    [head.into_bytes(), bytes.to_vec(), b"\nendstream".to_vec()].concat()
}

fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    for (number, object) in objects.iter().enumerate() {
        out.extend(format!("{} 0 obj\n", number + 1).into_bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    out.truncate(LARGE / 4 * 3);
    attached("application/pdf", "a.pdf", &[out])
}
