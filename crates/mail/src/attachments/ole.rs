//! Reads OLE compound files (MS-CFB) in place: old Office documents, Outlook items, macro projects. Every chain and
//! list is bounded by the size of the file, and a file cut short gives what is still there.

use super::bytes::{le16, place, utf16};

/// Directory entries read.
const ITEMS: usize = 20_000;
const END: u32 = 0xffff_fffe;
const NOTHING: u32 = 0xffff_ffff;

/// An open compound file.
pub(crate) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    /// Sectors that hold the mini stream.
    mini_sectors: Vec<u32>,
    /// Streams smaller than this live in the mini stream.
    cutoff: usize,
    /// Class of the root storage.
    pub class: [u8; 16],
    pub items: Vec<Item>,
}

/// A stream or storage with its path from the root, parted by `/`.
pub(crate) struct Item {
    pub path: String,
    pub is_stream: bool,
    pub size: usize,
    start: u32,
}

impl Item {
    /// The last part of the path.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }
}

struct Node {
    name: String,
    kind: u8,
    left: u32,
    right: u32,
    child: u32,
    start: u32,
    size: usize,
}

impl<'a> Compound<'a> {
    /// Opens a file, or nothing if its header makes no sense.
    pub fn open(bytes: &'a [u8]) -> Option<Compound<'a>> {
        bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").then_some(())?;
        let sector = match le16(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Compound {
            bytes,
            sector,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini_sectors: Vec::new(),
            cutoff: place(bytes, 56)?.min(1 << 16),
            class: [0; 16],
            items: Vec::new(),
        };
        file.fat = file.read_fat();
        let (first_directory, first_mini) = (number(bytes, 48)?, number(bytes, 60)?);
        let mini = file.chain(first_mini);
        file.mini_fat = mini.iter().flat_map(|at| file.numbers(*at)).collect();
        let nodes = file.nodes(first_directory);
        let root = nodes.first()?;
        file.mini_sectors = file.chain(root.start);
        if let Some(at) = file.offset(first_directory)
            && let Some(class) = bytes.get(at + 80..at + 96)
        {
            file.class.copy_from_slice(class);
        }
        file.items = walk(&nodes);
        Some(file)
    }

    /// The item of this path, compared without case.
    pub fn find(&self, path: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.path.eq_ignore_ascii_case(path))
    }

    /// The bytes of a stream, at most `cap`.
    pub fn read(&self, item: &Item, cap: usize) -> Vec<u8> {
        let wanted = item.size.min(cap);
        let mut out = Vec::with_capacity(wanted.min(self.bytes.len()));
        let small = item.size < self.cutoff;
        let table = if small { &self.mini_fat } else { &self.fat };
        let mut at = item.start;
        for _ in 0..=table.len() {
            if out.len() >= wanted || at >= END {
                break;
            }
            let part = if small { self.mini(at) } else { self.part(at) };
            let Some(part) = part else { break };
            out.extend_from_slice(part);
            let Some(next) = usize::try_from(at).ok().and_then(|at| table.get(at)) else { break };
            at = *next;
        }
        out.truncate(wanted);
        out
    }

    fn offset(&self, at: u32) -> Option<usize> {
        usize::try_from(at).ok()?.checked_add(1)?.checked_mul(self.sector)
    }

    /// One sector; the last one may be cut short.
    fn part(&self, at: u32) -> Option<&'a [u8]> {
        let start = self.offset(at)?;
        let rest = self.bytes.get(start..).filter(|rest| !rest.is_empty())?;
        Some(rest.get(..self.sector).unwrap_or(rest))
    }

    /// One mini sector of 64 bytes.
    fn mini(&self, at: u32) -> Option<&'a [u8]> {
        let start = usize::try_from(at).ok()?.checked_mul(64)?;
        let sector = self.part(*self.mini_sectors.get(start / self.sector)?)?;
        let rest = sector.get(start % self.sector..)?;
        Some(rest.get(..64).unwrap_or(rest))
    }

    /// The numbers of one sector.
    fn numbers(&self, at: u32) -> Vec<u32> {
        let part = self.part(at).unwrap_or_default();
        part.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four)).collect()
    }

    /// The sectors of a chain, never more than the file has.
    fn chain(&self, first: u32) -> Vec<u32> {
        let mut sectors = Vec::new();
        let mut at = first;
        while at < END && sectors.len() <= self.bytes.len() / self.sector {
            sectors.push(at);
            let Some(next) = usize::try_from(at).ok().and_then(|at| self.fat.get(at)) else { break };
            at = *next;
        }
        sectors
    }

    fn read_fat(&self) -> Vec<u32> {
        let most = self.bytes.len() / self.sector + 1;
        let mut tables: Vec<u32> = (0..109).filter_map(|at| number(self.bytes, 76 + at * 4)).collect();
        let mut more = number(self.bytes, 68).unwrap_or(END);
        for _ in 0..most.min(1_000) {
            if more >= END {
                break;
            }
            let mut numbers = self.numbers(more);
            let Some(next) = numbers.pop() else { break };
            tables.extend(numbers);
            more = next;
        }
        let mut fat = Vec::new();
        for table in tables {
            if table >= END || fat.len() > most {
                break;
            }
            fat.extend(self.numbers(table));
        }
        fat.truncate(most);
        fat
    }

    fn nodes(&self, first: u32) -> Vec<Node> {
        let sectors = self.chain(first);
        let entries =
            sectors.iter().filter_map(|at| self.part(*at)).flat_map(|part| part.as_chunks::<128>().0);
        entries.take(ITEMS).map(|entry| node(entry)).collect()
    }
}

fn node(entry: &[u8]) -> Node {
    let length = usize::from(le16(entry, 64).unwrap_or(0)).clamp(2, 64) - 2;
    Node {
        name: utf16(entry.get(..length).unwrap_or_default()),
        kind: entry.get(66).copied().unwrap_or(0),
        left: number(entry, 68).unwrap_or(NOTHING),
        right: number(entry, 72).unwrap_or(NOTHING),
        child: number(entry, 76).unwrap_or(NOTHING),
        start: number(entry, 116).unwrap_or(END),
        size: place(entry, 120).unwrap_or(0),
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    super::bytes::le32(bytes, at)
}

/// Every item below the root with its path; each node is visited once, and paths stay short.
fn walk(nodes: &[Node]) -> Vec<Item> {
    let mut items = Vec::new();
    let mut visited = vec![false; nodes.len()];
    let root = nodes.first().map_or(NOTHING, |root| root.child);
    let mut waiting: Vec<(u32, String)> = vec![(root, String::new())];
    while let Some((at, parent)) = waiting.pop() {
        let Ok(at) = usize::try_from(at) else { continue };
        let (Some(node), Some(seen)) = (nodes.get(at), visited.get_mut(at)) else { continue };
        if std::mem::replace(seen, true) || node.kind == 0 {
            continue;
        }
        let path = if parent.is_empty() { node.name.clone() } else { format!("{parent}/{}", node.name) };
        waiting.push((node.left, parent.clone()));
        waiting.push((node.right, parent));
        if path.len() < 600 {
            waiting.push((node.child, path.clone()));
        }
        items.push(Item { path, is_stream: node.kind == 2, size: node.size, start: node.start });
    }
    items.sort_by(|one, other| one.path.cmp(&other.path));
    items
}
