//! The house order: a room uses only rooms before it.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Rooms of the core, the most basic first. Rooms on one line may use each other.
const ORDER: &[&[&str]] = &[
    &["ids", "time", "fold", "name", "code", "catalogue"],
    &["crypto"],
    &["access"],
    &["keys"],
    &["store"],
    &["audit"],
    &[
        "error", "cores", "session", "dossier", "consent", "people", "settings", "paper",
    ],
    &["document"],
    &["transfer"],
    &["practice"],
    &["vault"],
    &["disclosure"],
    &["billing", "report"],
    &["demo"],
];

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

fn floor(room: &str) -> usize {
    ORDER
        .iter()
        .position(|floor| floor.contains(&room))
        .unwrap_or_else(|| panic!("{room} has no place in the order"))
}

/// Rooms that a source text names after `crate::`, also inside braces.
fn used(text: &str) -> Vec<String> {
    let text = text.split("#[cfg(test)]").next().unwrap();
    let mut rooms = Vec::new();
    for piece in text.split("crate::").skip(1) {
        if let Some(list) = piece.strip_prefix('{') {
            let mut depth = 0;
            let mut word = String::new();
            for c in list.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => word.clear(),
                    ':' if depth == 0 && !word.is_empty() => rooms.push(std::mem::take(&mut word)),
                    c if depth == 0 && (c.is_alphanumeric() || c == '_') => word.push(c),
                    _ => {}
                }
            }
        } else {
            rooms.push(
                piece
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect(),
            );
        }
    }
    rooms
}

#[test]
fn every_room_uses_only_rooms_before_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src");
    let mut wrong = Vec::new();
    for file in files(&source) {
        let inside = file.strip_prefix(&source).unwrap();
        let room = inside
            .iter()
            .next()
            .unwrap()
            .to_str()
            .unwrap()
            .trim_end_matches(".rs")
            .to_owned();
        if room == "lib" {
            continue;
        }
        for other in used(&fs::read_to_string(&file).unwrap()) {
            let known = ORDER.iter().any(|floor| floor.contains(&other.as_str()));
            if known && floor(&other) > floor(&room) {
                wrong.push(format!("{} uses {other}", inside.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn uses_are_found_in_braces_and_alone() {
    let text = "use crate::{\n    access::{Denial, Permit},\n    keys::Spot,\n};\nfn f() { crate::store::open() }";
    assert_eq!(used(text), ["access", "keys", "store"]);
}
