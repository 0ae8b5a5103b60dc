//! Moving a dossier to another circle.

use crate::{
    access::Home,
    audit::EventKind,
    catalogue::Level,
    error::Error,
    ids::{CircleId, DossierId},
    session::Practice,
    store::{self, dossier::DossierRow, value::OPEN},
};

impl Practice {
    /// Moves a dossier to a circle that this user is in too, and seals everything in it again that this user can open. What
    /// only others can open keeps its old seal until one of them, who is in both circles, signs in.
    pub async fn move_dossier(&self, id: DossierId, circle: CircleId) -> Result<(), Error> {
        let mut write = self.store.write().await?;
        let row = self.dossier_row_in(write.conn(), id).await?;
        self.permit(row.home(), OPEN, Level::Edit)?;
        if self.rights().is_lent(row.circle_id) {
            return Err(Error::refused("circle", "lent"));
        }
        let home = Home {
            circle,
            ..row.home()
        };
        self.may_lie_in(&row.kind, home)?;
        let moved = DossierRow {
            circle_id: circle,
            ..row
        };
        store::dossier::set_home(write.conn(), id, home).await?;
        self.reseal_dossier(&mut write, &moved).await?;
        self.log(
            &mut write,
            self.event(EventKind::DossierMoved).about(id).object(circle),
        )
        .await?;
        write.commit().await?;
        self.remember_again(&moved).await
    }
}
