//! `kluis`: Dossierkluis on the command line. One file per verb; what a user may do is decided in the core.

mod args;
mod failure;
mod fetch;
mod near;
mod out;
mod session;
mod usage;
mod verbs;
mod words;

use args::{Cli, Verb};
use clap::Parser;
use dossierkluis::store;
use failure::Failure;
use out::Out;
use std::{panic::AssertUnwindSafe, process::ExitCode};

fn main() -> ExitCode {
    harden();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return ExitCode::from(refuse(&error)),
    };
    let out = Out::new(cli.global.json);
    // Also after a panic: its message is out, and what it dropped still has to come to its end.
    let played = std::panic::catch_unwind(AssertUnwindSafe(|| play(&cli, &out)));
    store::await_threads();
    let done = played.unwrap_or_else(|_| Err(Failure::plain("failed", 1)));
    ExitCode::from(done.unwrap_or_else(|failure| out.fail(&failure)))
}

/// Plays a verb on a runtime that is gone when this returns, with every thread of its own.
fn play(cli: &Cli, out: &Out) -> Result<u8, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|_| Failure::plain("failed", 1))?;
    runtime.block_on(Box::pin(run(cli, out)))
}

/// Prints help, or what is wrong with what was typed; gives the exit code.
fn refuse(error: &clap::Error) -> u8 {
    let out = Out::new(usage::asks_json());
    let code = u8::try_from(error.exit_code()).unwrap_or(2);
    if usage::is_help(error) || !out.translates() {
        // A broken pipe is nobody's business.
        let _ = error.print();
        return code;
    }
    let failed = out.fail(&usage::failure(error));
    if let Some(pattern) = usage::pattern(error) {
        out.warn(&format!("{}: {pattern}", out.pick("gebruik", "usage")));
    }
    failed
}

/// What a process that holds passwords does not leave lying about: memory dumps, looking in, files that others read. A
/// system that refuses one step still gets the others.
fn harden() {
    store::heap::take_over();
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit, umask};
        let none = Rlimit {
            current: Some(0),
            maximum: Some(0),
        };
        let _ = setrlimit(Resource::Core, none);
        umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
    }
    #[cfg(target_os = "linux")]
    {
        let _ =
            rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
        // No huge pages, for this process and those that it starts: they were half of the memory of a small practice.
        let _ = rustix::thread::disable_transparent_huge_pages(true);
    }
}

/// Plays a verb; gives the exit code.
async fn run(cli: &Cli, out: &Out) -> Result<u8, Failure> {
    let global = &cli.global;
    match &cli.verb {
        Verb::New(args) => verbs::new::run(global, args, out).await,
        Verb::Demo(args) => verbs::demo::run(args, out).await,
        Verb::User(args) => verbs::user::run(global, args, out).await,
        Verb::Group(args) => verbs::group::run(global, args, out).await,
        Verb::Circle(args) => verbs::circle::run(global, args, out).await,
        Verb::Grant(args) => verbs::grant::run(global, args, out).await,
        Verb::Import(args) => verbs::import::run(global, args, out).await,
        Verb::Fields(args) => verbs::fields::run(args, out),
        Verb::List(args) => verbs::list::run(global, args, out).await,
        Verb::Search(args) => verbs::search::run(global, args, out).await,
        Verb::Show(args) => verbs::show::run(global, args, out).await,
        Verb::Set(args) => verbs::set::run(global, args, out).await,
        Verb::Add(args) => verbs::add::run(global, args, out).await,
        Verb::Note(args) => verbs::note::run(global, args, out).await,
        Verb::Export(args) => verbs::export::run(global, args, out).await,
        Verb::Audit(args) => verbs::audit::run(global, args, out).await,
        Verb::Backup(args) => verbs::backup::run(global, args, out).await,
        Verb::Restore(args) => verbs::restore::run(global, args, out).await,
        Verb::Drill(args) => verbs::drill::run(global, args, out).await,
        Verb::Verify(args) => verbs::verify::run(global, args, out).await,
        Verb::History(args) => verbs::history::run(global, args, out).await,
        Verb::Recover(args) => verbs::recover::run(args, out).await,
        Verb::Recovery(args) => verbs::recovery::run(global, args, out).await,
        Verb::Retire(args) => verbs::retire::run(global, args, out).await,
        Verb::Vault(args) => verbs::vault::run(global, args, out).await,
        Verb::StandIn(args) => verbs::stand_in::run(global, args, out).await,
        Verb::Document(args) => verbs::document::run(global, args, out).await,
        Verb::Invoice(args) => verbs::invoice::run(global, args, out).await,
        Verb::Mailing(args) => verbs::mailing::run(global, args, out).await,
        Verb::Report(args) => verbs::report::run(global, args, out).await,
        Verb::Style(args) => verbs::style::run(global, args, out).await,
        Verb::Disclosure(args) => verbs::disclosure::run(global, args, out).await,
        Verb::PeerReview(args) => verbs::peer_review::run(global, args, out).await,
        Verb::Package(args) => verbs::package::send(global, args, out).await,
        Verb::Receive(args) => verbs::package::receive(global, args, out).await,
        Verb::Consent(args) => verbs::consent::run(global, args, out).await,
        Verb::Ground(args) => verbs::ground::run(global, args, out).await,
        Verb::Maintain(args) => verbs::maintain::run(global, args, out).await,
    }
}
