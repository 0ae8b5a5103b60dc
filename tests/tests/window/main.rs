//! The real window.

use support::window::{Outcome, Window};

#[tokio::test]
async fn it_opens() -> Outcome {
    let window = Window::open().await?;
    window.painted().await?;
    assert_eq!(window.driver.title().await?, "Dossierkluis");
    Ok(())
}
