//! Open texts: kept, sealed for their writer alone, over a lock; they return to the same person and field only (row F2).

use crate::{
    access::Text,
    crypto::{unwrap_secret, wrap_secret},
    error::Error,
    ids::DossierId,
    session::Practice,
    store::{self, draft::DraftRow},
};
use uuid::Uuid;
use zeroize::Zeroizing;

/// An open text.
pub struct Draft {
    /// In which dossier.
    pub dossier: DossierId,
    /// Name of the dossier.
    pub name: Text,
    /// In which field.
    pub field: String,
    /// The text.
    pub text: Text,
    /// In ms.
    pub at: i64,
}

impl Practice {
    /// Keeps an open text in place of the former. Not logged: nothing was changed yet.
    pub async fn keep_draft(
        &self,
        dossier: DossierId,
        field: &str,
        text: &str,
    ) -> Result<(), Error> {
        // Bound to the field by the column name, to the dossier by the record.
        let sealed = self.seal_frame(
            self.own_circle(),
            &column(field),
            Uuid::from_bytes(*dossier.as_bytes()),
            text.as_bytes(),
        )?;
        let mut write = self.store.write().await?;
        let home = store::dossier::get(write.conn(), dossier).await?.home();
        let vault = self.rights().vault_of(home, field);
        // Who types uses the vault.
        if let Some(vault) = vault {
            self.use_vault(vault);
        }
        let sealed = match vault {
            // Also where the vault has closed by itself meanwhile: for this its public half is enough.
            Some(vault) => {
                let recipient = store::vault::get(write.conn(), vault).await?.recipient;
                wrap_secret(&sealed, &recipient.parse()?)?.into_bytes()
            }
            None => sealed,
        };
        let row = DraftRow {
            user_id: self.user,
            dossier_id: dossier,
            field: field.to_owned(),
            vault_id: vault,
            kept_at: self.now(),
            sealed,
        };
        store::draft::put(write.conn(), &row).await?;
        Ok(write.commit().await?)
    }

    /// Drops an open text, when it was saved or thrown away.
    pub async fn drop_draft(&self, dossier: DossierId, field: &str) -> Result<(), Error> {
        let mut write = self.store.write().await?;
        store::draft::remove(write.conn(), self.user, dossier, field).await?;
        Ok(write.commit().await?)
    }

    /// All open texts of this user, newest first; those of dossiers that are no longer open to this user stay sealed, and those
    /// of a vault while it is closed.
    pub async fn drafts(&self) -> Result<Vec<Draft>, Error> {
        let rows = store::draft::of_user(&mut *self.store.read().await?, self.user).await?;
        let mut drafts = Vec::new();
        for row in rows {
            let dossier = match self.dossier_row(row.dossier_id).await {
                Ok(dossier) => dossier,
                Err(Error::NotFound) => continue,
                Err(error) => return Err(error),
            };
            let sealed = match row.vault_id {
                Some(vault) => match self.open_vaults().get(&vault) {
                    Some(open) => unwrap_secret(&row.sealed, &open.identity)?,
                    None => continue,
                },
                None => Zeroizing::new(row.sealed.clone()),
            };
            let text = self.open_frame(
                self.own_circle(),
                &column(&row.field),
                Uuid::from_bytes(*row.dossier_id.as_bytes()),
                &sealed,
            )?;
            drafts.push(Draft {
                dossier: row.dossier_id,
                name: Text::new(self.line(&dossier).await?.name),
                field: row.field,
                text,
                at: row.kept_at,
            });
        }
        Ok(drafts)
    }
}

fn column(field: &str) -> String {
    format!("draft:{field}")
}
