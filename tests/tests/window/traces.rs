//! What is left behind: on disk, and on the network.

use std::{collections::BTreeSet, fs, path::Path, time::Duration};
use support::window::{Home, Options, Outcome, PASSWORD, Screen, Window, plain};

/// Typed in the course of the story, each in another way.
const MARKS: [&str; 4] = [
    "Merkteken Naamveld",
    "merkteken in een verslag",
    "merkteken in een concept",
    "merkteken in het zoekvak",
];

#[tokio::test]
async fn nothing_typed_is_on_disk() -> Outcome {
    let window = Window::open_with(Options {
        trace: true,
        ..Options::default()
    })
    .await?;
    window.found().await?;
    window.new_client("Anna", MARKS[0]).await?;
    window.by_id("note-text").await?.send_keys(MARKS[1]).await?;
    window.click("note-save").await?;
    window.by_id("entry").await?;
    window.ctrl('k').await?;
    window
        .by_id("palette-input")
        .await?
        .send_keys(MARKS[3])
        .await?;
    window.key(thirtyfour::Key::Escape).await?;
    window.by_id("note-text").await?.send_keys(MARKS[2]).await?;
    let while_open = found_in(&window.home)?;
    window.lock().await?;
    assert_eq!(
        (while_open, found_in(&window.home)?),
        (BTreeSet::new(), BTreeSet::new())
    );
    let log = fs::read_to_string(window.home.root().join("log"))?;
    assert!(
        log.contains("opened") && log.contains("locked"),
        "nothing was logged, so nothing was proved: {log}"
    );
    Ok(())
}

/// File and mark of each mark that is readable somewhere, in either of the encodings that a web view uses.
fn found_in(home: &Home) -> Outcome<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for (path, bytes) in home.files()?.into_iter().chain(in_memory()?) {
        for mark in MARKS.iter().chain([&PASSWORD]) {
            let wide: Vec<u8> = mark.encode_utf16().flat_map(u16::to_le_bytes).collect();
            if contains(&bytes, mark.as_bytes()) || contains(&bytes, &wide) {
                found.insert(format!("{}: {mark}", path.display()));
            }
        }
    }
    Ok(found)
}

fn contains(bytes: &[u8], mark: &[u8]) -> bool {
    bytes.windows(mark.len()).any(|window| window == mark)
}

/// What the web view wrote in memory: no disk, but it should not be there either.
fn in_memory() -> Outcome<Vec<(std::path::PathBuf, Vec<u8>)>> {
    let mut found = Vec::new();
    let mut left: Vec<_> = fs::read_dir("/dev/shm")?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| ours(path))
        .collect();
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(fs::read_dir(path)?.flatten().map(|entry| entry.path()));
        } else if let Ok(bytes) = fs::read(&path) {
            found.push((path, bytes));
        }
    }
    Ok(found)
}

fn ours(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with("dossierkluis-web-"))
}

#[tokio::test]
async fn no_socket_but_of_this_computer() -> Outcome {
    let (home, screen) = (Home::make()?, Screen::start()?);
    let trace = home.root().join("trace").display().to_string();
    let mut program = plain(
        &home,
        &screen,
        &["strace", "-f", "-qq", "-e", "trace=network", "-o", &trace],
    )?;
    tokio::time::sleep(Duration::from_secs(8)).await;
    program.terminate();
    program.wait()?;
    let trace = fs::read_to_string(trace)?;
    let families: BTreeSet<&str> = trace
        .lines()
        .filter_map(|line| line.split("socket(").nth(1)?.split(',').next())
        .collect();
    assert!(families.contains("AF_UNIX"), "nothing was traced: {trace}");
    assert!(
        families
            .iter()
            .all(|family| ["AF_UNIX", "AF_NETLINK"].contains(family)),
        "{families:?}"
    );
    Ok(())
}

#[tokio::test]
async fn after_the_lock_the_web_view_remembers_nothing() -> Outcome {
    let mark = "Zonderling merkteken voor het geheugen";
    let window = Window::open().await?;
    window.found().await?;
    window.new_client("Jan", "Bakker").await?;
    window.by_id("note-text").await?.send_keys(mark).await?;
    window.click("note-save").await?;
    window.by_id("entry").await?;
    let before = window.copies_in_memory(mark)?;
    window.lock().await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let after = window.copies_in_memory(mark)?;
    let of_the_page = |found: &[(String, usize)]| {
        let page = found
            .iter()
            .find(|(program, _)| program == "WebKitWebProces");
        page.map_or(0, |(_, copies)| *copies)
    };
    assert!(of_the_page(&before) > 0, "nothing was searched: {before:?}");
    // In the program's own process WebKit's freed memory may still hold what the page sent (core/README.md).
    assert_eq!(of_the_page(&after), 0, "{after:?}");
    Ok(())
}
