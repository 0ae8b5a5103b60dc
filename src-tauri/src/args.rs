//! The command line of the window: `dossierkluis [FOLDER]`.

use std::{ffi::OsString, path::PathBuf};

/// What was asked for at the start.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Args {
    /// The practice folder, if not the usual one.
    pub folder: Option<PathBuf>,
    /// Test build only: where the answers of file dialogs are written down.
    #[cfg(feature = "e2e")]
    pub files: Option<PathBuf>,
    /// Test build only: seconds to the lock, whatever the settings say.
    #[cfg(feature = "e2e")]
    pub lock_seconds: Option<u64>,
}

/// Reads the arguments after the program's own name. What is not known is not guessed at: it is left out.
pub fn read(mut given: impl Iterator<Item = OsString>) -> Args {
    let mut args = Args::default();
    while let Some(next) = given.next() {
        match next.to_str() {
            Some(option) if option.starts_with('-') => for_tests(option, &mut given, &mut args),
            _ => args.folder = Some(PathBuf::from(next)),
        }
    }
    args
}

#[cfg(feature = "e2e")]
fn for_tests(option: &str, given: &mut impl Iterator<Item = OsString>, args: &mut Args) {
    match option {
        "--e2e-files" => args.files = given.next().map(PathBuf::from),
        "--e2e-lock-seconds" => {
            args.lock_seconds = given.next().and_then(|text| text.to_str()?.parse().ok());
        }
        _ => {}
    }
}

#[cfg(not(feature = "e2e"))]
fn for_tests(_: &str, _: &mut impl Iterator<Item = OsString>, _: &mut Args) {}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(given: &[&str]) -> Option<PathBuf> {
        read(given.iter().map(OsString::from)).folder
    }

    #[test]
    fn one_folder_and_nothing_else() {
        assert_eq!(folder(&[]), None);
        assert_eq!(folder(&["--unknown"]), None);
        assert_eq!(folder(&["/p"]), Some("/p".into()));
    }

    #[cfg(not(feature = "e2e"))]
    #[test]
    fn a_released_build_knows_no_test_options() {
        assert_eq!(
            read(["--e2e-lock-seconds".into()].into_iter()),
            Args::default()
        );
    }
}
