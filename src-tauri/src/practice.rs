//! Stands in for the core until it is there.

pub struct Locked;
pub struct Practice;

impl Practice {
    pub fn stop(&self) {}
    pub async fn lock(self) -> Locked {
        Locked
    }
    pub async fn keep_draft(&self, _dossier: &str, _field: &str, _text: &str) -> Result<(), ()> {
        Ok(())
    }
}
