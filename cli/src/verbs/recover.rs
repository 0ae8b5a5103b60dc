//! `kluis recover`

use super::user::done;
use crate::{
    args::Recover,
    failure::{Failure, usage},
    out::Out,
    session::{self, workstation},
};
use dossierkluis::{
    error::Error,
    practice::{Locked, system_clock},
};

/// Chooses a new password with the recovery sheet, or with two shares.
pub async fn run(args: &Recover, out: &Out) -> Result<u8, Failure> {
    if !args.share.is_empty() {
        return together(args, out).await;
    }
    let locked = Locked::open(&args.dir, system_clock(), &workstation())?;
    let code = session::secret(
        args.code_file.as_deref(),
        out.pick("Code van het herstelblad: ", "Code of the recovery sheet: "),
    )?;
    let new = session::new_secret(args.new_password_file.as_deref(), out)?;
    let practice = locked
        .recover(&args.user, code.expose(), new.expose())
        .await
        .map_err(|(_, error)| refused(error))?;
    session::finish(practice, &new, async |practice, _| {
        done(practice.user().to_string(), out)
    })
    .await
}

/// With two shares of two people; the user has to choose another password at the next sign-in.
async fn together(args: &Recover, out: &Out) -> Result<u8, Failure> {
    let [one, two] = args.share.as_slice() else {
        return Err(usage("two_shares"));
    };
    let locked = Locked::open(&args.dir, system_clock(), &workstation())?;
    let (one, two) = (
        session::secret(Some(one), "")?,
        session::secret(Some(two), "")?,
    );
    let new = session::new_secret(args.new_password_file.as_deref(), out)?;
    let shares = [one.expose(), two.expose()];
    locked
        .recover_together(&args.user, shares, new.expose())
        .await
        .map_err(|(_, error)| refused(error))?;
    out.warn(out.pick(
        "dit wachtwoord kennen nu meer mensen: kies eerst een nieuw met kluis user MAP password",
        "more people know this password now: choose a new one first, with kluis user DIR password",
    ));
    done(args.user.clone(), out)
}

/// No password was given here: it is the code that does not fit.
fn refused(error: Error) -> Failure {
    match error {
        Error::WrongPassword => Failure::plain("wrong_recovery_code", 3),
        other => other.into(),
    }
}
