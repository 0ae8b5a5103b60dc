//! The steps that most stories begin with.

use super::{Outcome, Window};
use thirtyfour::By;

/// Whoever founds the practice of a test.
pub const NAME: &str = "Sanne Jansen";
/// That person's password.
pub const PASSWORD: &str = "drie ganzen in een boot";

impl Window {
    /// The whole wizard: practice, name, password, sheet; then into the program.
    pub async fn found(&self) -> Outcome {
        self.wizard_to_sheet().await?;
        self.confirm_sheet().await?;
        self.click("to-sign-in").await?;
        self.by_id("shell").await?;
        Ok(())
    }

    /// The wizard up to the recovery sheet.
    pub async fn wizard_to_sheet(&self) -> Outcome {
        self.click("wizard-begin").await?;
        self.fill("practice-name", "Praktijk Zuid").await?;
        self.click("wizard-next").await?;
        self.fill("own-name", NAME).await?;
        self.click("wizard-next").await?;
        self.fill("new-password", PASSWORD).await?;
        self.fill("repeat-password", PASSWORD).await?;
        self.click("wizard-next").await?;
        self.by_id("recovery-groups").await?;
        Ok(())
    }

    /// Types the group of the sheet that is asked for.
    pub async fn confirm_sheet(&self) -> Outcome {
        let answer = self.by_id("recovery-answer").await?;
        let label = self
            .find(By::Css(format!(
                "label[for='{}']",
                answer.attr("id").await?.unwrap_or_default()
            )))
            .await?
            .text()
            .await?;
        let number: usize = label
            .chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
            .parse()?;
        let group = self
            .find(By::Css(format!(
                "[data-testid=recovery-groups] li:nth-child({number}) .mono"
            )))
            .await?
            .text()
            .await?;
        answer.send_keys(group).await?;
        self.click("confirm-sheet").await
    }

    /// Signs in the person whose password this is, who is alone on the screen.
    pub async fn sign_in(&self, password: &str) -> Outcome {
        let begin = self
            .find(By::Css(
                "[data-testid=sign-in-view] .person, [data-testid=password]",
            ))
            .await?;
        if begin.tag_name().await? == "button" {
            begin.click().await?;
        }
        self.fill("password", password).await?;
        self.click("sign-in").await?;
        self.by_id("shell").await?;
        Ok(())
    }

    /// Makes a client and ends in the new dossier.
    pub async fn new_client(&self, given_name: &str, surname: &str) -> Outcome {
        self.ctrl('n').await?;
        self.fill("new-given_name", given_name).await?;
        self.fill("new-surname", surname).await?;
        self.click("create-dossier").await?;
        self.by_id("dossier").await?;
        self.sees(surname).await
    }

    /// Locks by key and goes on in the new window.
    pub async fn lock(&self) -> Outcome {
        let old = self.handle().await?;
        self.ctrl('l').await?;
        self.follow(&old).await?;
        self.by_id("sign-in-view").await?;
        Ok(())
    }
}
