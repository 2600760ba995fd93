//! Makes pictures and Outlook items byte by byte, the broken ones too.

use std::io::Write;

/// A grey picture from its packed lines.
pub fn png(width: u32, height: u32, packed: &[u8]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    chunk(&mut out, b"IHDR", &[size, vec![8, 0, 0, 0, 0]].concat());
    chunk(&mut out, b"IDAT", packed);
    chunk(&mut out, b"IEND", b"");
    out
}

/// The same picture with one more piece after its head.
pub fn with_chunk(png: &[u8], kind: &[u8; 4], bytes: &[u8]) -> Vec<u8> {
    let (head, rest) = png.split_at(33);
    let mut out = head.to_vec();
    chunk(&mut out, kind, bytes);
    out.extend(rest);
    out
}

fn chunk(out: &mut Vec<u8>, kind: &[u8; 4], bytes: &[u8]) {
    let all = [kind.as_slice(), bytes].concat();
    let mut sum = flate2::Crc::new();
    sum.update(&all);
    out.extend(u32::try_from(bytes.len()).expect("a short piece").to_be_bytes());
    out.extend(&all);
    out.extend(sum.sum().to_be_bytes());
}

/// Lines of squares, dark and light.
pub fn checks(side: usize, square: usize) -> Vec<u8> {
    lines(side, |x, y| (x / square + y / square).is_multiple_of(2))
}

/// Lines full of the corner marks of QR codes.
pub fn corners(side: usize) -> Vec<u8> {
    lines(side, |x, y| {
        let (x, y) = (x % 8, y % 8);
        x < 7
            && y < 7
            && (x == 0 || x == 6 || y == 0 || y == 6 || ((2..5).contains(&x) && (2..5).contains(&y)))
    })
}

fn lines(side: usize, dark: impl Fn(usize, usize) -> bool) -> Vec<u8> {
    let mut out = Vec::with_capacity((side + 1) * side);
    for y in 0..side {
        out.push(0);
        out.extend((0..side).map(|x| if dark(x, y) { 0 } else { 255 }));
    }
    out
}

/// A compound file of `size` bytes of tables. Every sector follows `next`, or the one after it where that is none; the
/// directory holds streams that all claim to be as long as can be.
pub fn compound(next: Option<u32>, size: usize) -> Vec<u8> {
    let sectors = size / 512;
    let tables = sectors / 128 + 1;
    let mut out = vec![0xff_u8; 512];
    let mut put =
        |at: usize, bytes: &[u8]| out.get_mut(at..at + bytes.len()).expect("room").copy_from_slice(bytes);
    put(0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    put(24, &[0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0, 6, 0]);
    put(48, &0_u32.to_le_bytes());
    put(56, &4096_u32.to_le_bytes());
    put(60, &0_u32.to_le_bytes());
    put(68, &u32::MAX.to_le_bytes());
    for table in 0..109_u32 {
        put(
            76 + 4 * table as usize,
            &(u32::try_from(sectors.saturating_sub(tables)).expect("few") + table).to_le_bytes(),
        );
    }
    let mut entries = Vec::new();
    for number in 0..u32::try_from(sectors.saturating_sub(tables) * 4).expect("few") {
        let mut entry = vec![0_u8; 128];
        let name = if number == 1 {
            "__properties_version1.0".to_owned()
        } else {
            format!("__substg1.0_{number:08X}")
        };
        for (at, letter) in name.encode_utf16().enumerate() {
            entry.get_mut(2 * at..2 * at + 2).expect("room").copy_from_slice(&letter.to_le_bytes());
        }
        let mut put = |at: usize, value: u32| {
            entry.get_mut(at..at + 4).expect("room").copy_from_slice(&value.to_le_bytes())
        };
        put(64, u32::try_from(2 * name.len() + 2).expect("short") | (if number == 0 { 5 } else { 2 }) << 16);
        put(68, number + 1);
        put(72, number + 2);
        put(76, number + 1);
        put(116, 0);
        put(120, u32::MAX);
        entries.extend(entry);
    }
    out.extend(entries);
    for sector in 0..u32::try_from(tables * 128).expect("few") {
        out.extend(next.unwrap_or(sector + 1).to_le_bytes());
    }
    out
}

/// An Outlook item of these streams.
pub fn item(streams: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).expect("memory takes it");
    for (path, bytes) in [("__properties_version1.0".to_owned(), vec![0; 64])].iter().chain(streams) {
        if let Some((folder, _)) = path.rsplit_once('/') {
            file.create_storage_all(format!("/{folder}")).expect("memory takes it");
        }
        file.create_stream(format!("/{path}"))
            .expect("a new name")
            .write_all(bytes)
            .expect("memory takes it");
    }
    file.flush().expect("memory takes it");
    file.into_inner().into_inner()
}

pub fn outlook(people: usize, files: usize, size: usize) -> Vec<u8> {
    let mut streams = Vec::new();
    for number in 0..people {
        let folder = format!("__recip_version1.0_#{number:08X}");
        streams.push((format!("{folder}/__properties_version1.0"), vec![0; 2_000]));
        streams.push((format!("{folder}/__substg1.0_39FE001E"), b"a@b.example".to_vec()));
    }
    for number in 0..files {
        let folder = format!("__attach_version1.0_#{number:08X}");
        streams.push((format!("{folder}/__properties_version1.0"), vec![0; 2_000]));
        streams.push((format!("{folder}/__substg1.0_37010102"), vec![1; size]));
        streams.push((format!("{folder}/__substg1.0_3707001E"), b"a.txt".to_vec()));
    }
    item(&streams)
}
