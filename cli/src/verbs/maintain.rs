//! `kluis maintain`

use super::user::done;
use crate::{
    args::{Folder, Global},
    failure::Failure,
    out::Out,
    session,
};

/// Does the work that waits for whoever can do it.
pub async fn run(global: &Global, args: &Folder, out: &Out) -> Result<u8, Failure> {
    session::with(global, &args.dir, out, async |practice, _| {
        practice.maintain().await?;
        done(practice.user().to_string(), out)
    })
    .await
}
