//! `cargo bench -p dossierkluis-tests`: prints one table. Each size runs in a process of its own, so that memory is that
//! of one practice. Ratios are to plain SQLite in the same process on the same disk, taken in turns.
//! `-- --quick` leaves the largest size out.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::exit,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a bench prints, and stops at anything odd"
)]

mod made_up;
mod plain;
mod run;
mod table;

const SIZES: &[usize] = &[1_000, 10_000, 100_000];

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let Some(at) = args.iter().position(|arg| arg == "--size") {
        // As the window and `kluis` begin.
        rustix::thread::disable_transparent_huge_pages(true).unwrap();
        let size = args[at + 1].parse().unwrap();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let figures = runtime.block_on(run::run(size)).unwrap();
        println!("{}", serde_json::to_string(&figures).unwrap());
        return;
    }
    let quick = args.iter().any(|arg| arg == "--quick");
    let sizes = if quick { &SIZES[..2] } else { SIZES };
    let columns: Vec<run::Figures> = sizes.iter().map(|size| of_size(*size)).collect();
    table::print(sizes, &columns);
}

fn of_size(size: usize) -> run::Figures {
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--size", &size.to_string()])
        .stderr(std::process::Stdio::inherit())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "the run with {size} clients failed"
    );
    serde_json::from_slice(&output.stdout).unwrap()
}
