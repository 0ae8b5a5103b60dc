//! `make bench`: how long the released window takes to its sign-in screen, what it weighs in memory, and the package on disk.
//! The screen is a virtual one whose pixels lie in a file, so that nothing has to be built into the program to measure it.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a bench prints, and stops at anything odd"
)]

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};
use support::window::{Group, members};

const ROUNDS: usize = 5;
/// Text on a screen has many shades; an empty window has a few.
const SHADES: usize = 40;
const PATIENCE: Duration = Duration::from_secs(30);

fn main() {
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("../release");
    let program = target.join("dossierkluis");
    if !program.exists() {
        println!(
            "no released window in {}: make bench builds it",
            target.display()
        );
        return;
    }
    let mut rounds: Vec<(f64, f64)> = (0..ROUNDS).map(|_| start(&program)).collect();
    rounds.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (took, memory) = rounds[ROUNDS / 2];
    println!("| figure | unit | median of {ROUNDS} |");
    println!("| ------ | ---- | ----------: |");
    println!("| start to the first screen, everything in the cache of the disk | s | {took:.2} |");
    println!("| its memory (proportional, all its processes) | MiB | {memory:.0} |");
    println!("| the program | MiB | {:.1} |", size(&program));
    let packages = fs::read_dir(target.join("bundle/deb"));
    for package in packages.into_iter().flatten().flatten() {
        if package.path().extension().is_some_and(|end| end == "deb") {
            println!("| the .deb | MiB | {:.1} |", size(&package.path()));
        }
    }
}

/// Seconds until there is text on the screen, and MiB a second later.
fn start(program: &Path) -> (f64, f64) {
    let room = tempfile::tempdir().unwrap();
    let mut screen = Group::start(
        Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1440x1000x24"])
            .args(["-nolisten", "tcp", "-fbdir"])
            .arg(room.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null()),
    )
    .unwrap();
    let display = format!(":{}", screen.first_line().unwrap());
    let pixels = room.path().join("Xvfb_screen0");
    let begin = Instant::now();
    let window = Group::start(
        Command::new(program)
            .env("DISPLAY", display)
            .env("HOME", room.path())
            .env("XDG_DATA_HOME", room.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null()),
    )
    .unwrap();
    while shades(&pixels) < SHADES {
        assert!(begin.elapsed() < PATIENCE, "nothing on the screen");
        std::thread::sleep(Duration::from_millis(10));
    }
    let took = begin.elapsed().as_secs_f64();
    std::thread::sleep(Duration::from_secs(1));
    (took, proportional(window.id()))
}

/// How many colours there are on the screen.
fn shades(pixels: &Path) -> usize {
    let bytes = fs::read(pixels).unwrap_or_default();
    // The header of the dump is small beside the 5.8 MB of pixels, and the same every time.
    let colours: HashSet<[u8; 4]> = bytes
        .as_chunks::<4>()
        .0
        .iter()
        .skip(4096)
        .copied()
        .collect();
    colours.len()
}

/// Memory of a group of processes, shared pages divided by their users, in MiB.
fn proportional(group: u32) -> f64 {
    let of = |id: &i32| {
        let rollup = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).unwrap_or_default();
        let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
        let size = line.map(|line| line.trim().trim_end_matches(" kB"));
        size.and_then(|size| size.parse::<f64>().ok())
            .unwrap_or(0.0)
    };
    members(group).unwrap().iter().map(of).sum::<f64>() / 1024.0
}

fn size(path: &Path) -> f64 {
    fs::metadata(path).unwrap().len() as f64 / 1024.0 / 1024.0
}
