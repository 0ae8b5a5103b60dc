//! Proof by faults that nothing is lost: every act of `acts.rs` is done again and again in a process of its own, which is
//! killed, or whose disk fails, at each call to the disk in turn. After each: the practice opens, every acknowledged change is
//! there, nothing is half there, and an error was said in words. `make proof` does all of them and prints the table; as an
//! ordinary test it does every so many of them.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::panic,
    reason = "a proof prints its table, and stops at anything odd"
)]

mod acts;
mod shim;
#[path = "../stories/support.rs"]
#[allow(dead_code, reason = "for the stories")]
mod support;

use acts::ACTS;
use shim::{Ended, Fault};
use std::{
    fs,
    os::unix::process::ExitStatusExt,
    path::Path,
    process::ExitCode,
    sync::atomic::{AtomicUsize, Ordering},
};
use tokio::runtime::Runtime;

/// Of an ordinary test, one call in so many.
const STEP: usize = 41;

fn main() -> ExitCode {
    let runtime = Runtime::new().unwrap();
    if let Some((act, folder, begin)) = shim::asked() {
        let code = runtime.block_on(child(&act, &folder, begin));
        drop(runtime);
        dossierkluis::store::await_threads();
        return code;
    }
    let all = std::env::var_os("PROOF_ALL").is_some();
    let home = runtime.block_on(acts::lay());
    println!(
        "{:<16}{:>7}{:>7}{:>7}{:>7}  faults",
        "act", "calls", "runs", "done", "undone"
    );
    // Those that are named, as with any test; all of them without a name.
    let named: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    let wanted =
        |act: &&&str| named.is_empty() || named.iter().any(|name| act.contains(name.as_str()));
    let mut runs = 0;
    for act in ACTS.iter().filter(wanted) {
        let counted = prove(&runtime, act, &home.folder, if all { 1 } else { STEP });
        runs += counted.runs();
        println!("{counted}");
    }
    println!("{runs} runs, every acknowledged change was there, nothing was half there");
    println!("{runs} passed, 0 failed");
    ExitCode::SUCCESS
}

/// In a process of its own.
async fn child(act: &str, folder: &Path, begin: impl Fn()) -> ExitCode {
    let ended = match acts::act(act, folder, begin).await {
        Ok((anna, done)) => {
            if done.is_ok() {
                println!("done");
            }
            let locked = anna.lock().await.map(drop);
            done.and(locked)
        }
        Err(error) => Err(error),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(3)
        }
    }
}

/// What came of one act.
struct Counted {
    act: &'static str,
    calls: usize,
    done: AtomicUsize,
    undone: AtomicUsize,
}

impl Counted {
    fn runs(&self) -> usize {
        self.done.load(Ordering::Relaxed) + self.undone.load(Ordering::Relaxed)
    }
}

impl std::fmt::Display for Counted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words = Fault::ALL.map(Fault::word).join(", ");
        let (done, undone) = (
            self.done.load(Ordering::Relaxed),
            self.undone.load(Ordering::Relaxed),
        );
        write!(
            f,
            "{:<16}{:>7}{:>7}{done:>7}{undone:>7}  {words}",
            self.act,
            self.calls,
            self.runs()
        )
    }
}

/// Does an act once for each call and each fault, on two cores.
fn prove(runtime: &Runtime, act: &'static str, from: &Path, step: usize) -> Counted {
    let folder = from.with_file_name("rustig");
    lay(from, &folder);
    let whole = shim::run(act, &folder, (Fault::Kill, 0));
    assert!(
        whole.status.success() && whole.done,
        "{act}: {}",
        whole.error
    );
    assert!(
        runtime.block_on(acts::was_done(act, &folder)).unwrap(),
        "{act} does something"
    );
    lay(from, &folder);
    assert!(
        !runtime.block_on(acts::was_done(act, &folder)).unwrap(),
        "{act} is told from nothing"
    );
    let counted = Counted {
        act,
        calls: whole.calls,
        done: AtomicUsize::new(0),
        undone: AtomicUsize::new(0),
    };
    // Where a thread is faster there may be a few calls more.
    let mut faults: Vec<(Fault, usize)> = Fault::ALL
        .into_iter()
        .flat_map(|fault| (1..=whole.calls + 2).map(move |at| (fault, at)))
        .filter(|(fault, at)| *fault != Fault::Slow || *at == 1)
        .filter(|(fault, _)| *fault != Fault::Stick || act == "backup")
        .collect();
    faults = faults.into_iter().step_by(step).collect();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for lane in 0..2 {
            let (next, faults, counted) = (&next, &faults, &counted);
            let folder = from.with_file_name(format!("baan-{lane}"));
            scope.spawn(move || {
                while let Some(fault) = faults.get(next.fetch_add(1, Ordering::Relaxed)) {
                    lay(from, &folder);
                    one(runtime, counted, &folder, *fault);
                }
            });
        }
    });
    counted
}

/// One run with one fault.
fn one(runtime: &Runtime, counted: &Counted, folder: &Path, (fault, at): (Fault, usize)) {
    let act = counted.act;
    let place = Place(format!("{act}, {} at {at}", fault.word()));
    let Ended {
        status,
        done,
        error,
        ..
    } = shim::run(act, folder, (fault, at));
    match status.code() {
        Some(0) => assert!(done, "{place}"),
        Some(3) => assert!(error.starts_with("error: "), "{place}: {error}"),
        None if matches!(fault, Fault::Kill | Fault::Torn) => {
            assert_eq!(status.signal(), Some(9), "{place}")
        }
        _ => panic!("{place}: {status} {error}"),
    }
    let found = runtime.block_on(acts::was_done(act, folder));
    let found = found.unwrap_or_else(|error| panic!("{place}, said {error:?} after it"));
    assert!(found || !done, "{place}: acknowledged and lost");
    let count = if found {
        &counted.done
    } else {
        &counted.undone
    };
    count.fetch_add(1, Ordering::Relaxed);
}

/// Which run it was, said where it stops.
struct Place(String);

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("this was: {self}");
        }
    }
}

/// Lays the practice for a run, with an empty stick and a practice of the first format beside it.
fn lay(from: &Path, to: &Path) {
    copy(from, to);
    let aged = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/format-1");
    copy(&aged, &acts::aged(to));
    if let Some(around) = acts::made(to).parent() {
        let _ = fs::remove_dir_all(around);
    }
    let stick = acts::stick(to);
    let _ = fs::remove_dir_all(&stick);
    fs::create_dir(&stick).unwrap();
}

fn copy(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let place = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}
