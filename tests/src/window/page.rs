//! What a person does with the page, and sees of it.

use super::{Outcome, Window};
use std::{fs, path::Path, time::Duration};
use thirtyfour::{
    By, Key, WebElement,
    error::{WebDriverError, WebDriverErrorInner},
    prelude::ElementQueryable,
};
use tokio::time::{Instant, sleep};

/// How long something on the page may take to appear.
const PATIENCE: Duration = Duration::from_secs(40);
const STILL: &str = "const done = arguments[0];
const fades = () => document.getAnimations().filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime)).map((one) => one.finished.catch(() => null));
const frames = (then) => requestAnimationFrame(() => requestAnimationFrame(then));
frames(() => Promise.all(fades()).then(() => frames(() => done(null))));";

impl Window {
    /// The element with this test id, as soon as it is on screen.
    pub async fn by_id(&self, id: &str) -> Outcome<WebElement> {
        self.find(By::Css(format!("[data-testid=\"{id}\"]"))).await
    }

    /// A visible element, as soon as there is one.
    pub async fn find(&self, by: By) -> Outcome<WebElement> {
        patiently(|| self.seen(by.clone())).await
    }

    async fn seen(&self, by: By) -> Result<WebElement, WebDriverError> {
        self.driver
            .query(by)
            .wait(PATIENCE, Duration::from_millis(60))
            .and_displayed()
            .first()
            .await
    }

    /// Every element that there is now.
    pub async fn all(&self, by: By) -> Outcome<Vec<WebElement>> {
        Ok(self.driver.find_all(by).await?)
    }

    /// An element that can be clicked, as soon as it can.
    pub async fn enabled(&self, id: &str) -> Outcome<WebElement> {
        self.find(By::Css(format!("[data-testid=\"{id}\"]:not([disabled])")))
            .await
    }

    /// Whether it is there now.
    pub async fn has(&self, css: &str) -> bool {
        matches!(self.driver.find_all(By::Css(css)).await, Ok(found) if !found.is_empty())
    }

    /// Clicks, as soon as it can be clicked.
    pub async fn click(&self, id: &str) -> Outcome {
        self.press(By::Css(format!("[data-testid=\"{id}\"]:not([disabled])")))
            .await
    }

    /// Clicks, as soon as it can be clicked.
    pub async fn press(&self, by: By) -> Outcome {
        patiently(|| async { self.seen(by.clone()).await?.click().await }).await
    }

    /// Clicks and types, after what stands there was taken away.
    pub async fn fill(&self, id: &str, text: &str) -> Outcome {
        let css = format!("[data-testid=\"{id}\"]");
        patiently(|| async {
            let field = self.seen(By::Css(&css)).await?;
            field.clear().await?;
            field.send_keys(text).await
        })
        .await
    }

    /// Types where the cursor is, as somebody does who does not touch the mouse.
    pub async fn keys(&self, keys: &str) -> Outcome {
        Ok(self.driver.action_chain().send_keys(keys).perform().await?)
    }

    /// One key that is no letter.
    pub async fn key(&self, key: Key) -> Outcome {
        Ok(self
            .driver
            .action_chain()
            .send_keys(key.value().to_string())
            .perform()
            .await?)
    }

    /// What stands in a field.
    pub async fn value(&self, id: &str) -> Outcome<String> {
        Ok(self
            .by_id(id)
            .await?
            .prop("value")
            .await?
            .unwrap_or_default())
    }

    /// A key together with Ctrl.
    pub async fn ctrl(&self, key: char) -> Outcome {
        Ok(self
            .driver
            .action_chain()
            .key_down(Key::Control)
            .send_keys(key.to_string())
            .key_up(Key::Control)
            .perform()
            .await?)
    }

    /// All that can be read on the page. The driver's own way leaves out what may be cut off with an ellipsis.
    pub async fn text(&self) -> Outcome<String> {
        let text = self
            .driver
            .execute("return document.body.innerText", Vec::new())
            .await?;
        Ok(text.json().as_str().unwrap_or_default().to_owned())
    }

    /// Waits until this can be read on the page.
    pub async fn sees(&self, text: &str) -> Outcome {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            if self.text().await.is_ok_and(|page| page.contains(text)) {
                return Ok(());
            }
            sleep(Duration::from_millis(80)).await;
        }
        Err(format!(
            "not on the page: {text}\n{}",
            self.text().await.unwrap_or_default()
        )
        .into())
    }

    /// The name of the web view that is shown now.
    pub async fn handle(&self) -> Outcome<String> {
        Ok(self.driver.window().await?.to_string())
    }

    /// Waits until the window was replaced, and goes on in the new one.
    pub async fn follow(&self, old: &str) -> Outcome {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            let windows = self.driver.windows().await.unwrap_or_default();
            if let [only] = windows.as_slice()
                && only.to_string() != old
            {
                return Ok(self.driver.switch_to_window(only.clone()).await?);
            }
            sleep(Duration::from_millis(50)).await;
        }
        Err("the window was not replaced".into())
    }

    /// Clicks what closes this web view, and goes on in the one that comes after it.
    pub async fn leave(&self, id: &str) -> Outcome {
        let old = self.handle().await?;
        let button = self.by_id(id).await?;
        match button.click().await {
            // It was gone before the driver could say that it clicked.
            Err(error) if matches!(error.as_inner(), WebDriverErrorInner::NoSuchWindow(_)) => {}
            clicked => clicked?,
        }
        self.follow(&old).await
    }

    /// Waits until what was asked for is painted, and what fades has faded.
    pub async fn painted(&self) -> Outcome {
        self.driver.execute_async(STILL, Vec::new()).await?;
        Ok(())
    }

    /// Saves what is on screen.
    pub async fn picture(&self, path: &Path) -> Outcome {
        self.painted().await?;
        Ok(fs::write(path, self.driver.screenshot_as_png().await?)?)
    }

    /// Nothing that a reader with other eyes or other hands could not use, and a picture of it in this folder, in light and in dark.
    pub async fn looked_at(&self, folder: &Path, name: &str) -> Outcome {
        fs::create_dir_all(folder)?;
        // A theme changes colours alone.
        for (theme, rules) in [("dark", COLOURS), ("light", EVERYTHING)] {
            let dress = format!("document.documentElement.dataset.theme = '{theme}'");
            self.driver.execute(dress, Vec::new()).await?;
            let found = self.axe_of(rules).await?;
            if !found.is_empty() {
                return Err(format!("{name} {theme}: {}", found.join("\n")).into());
            }
            self.picture(&folder.join(format!("{name}-{theme}.png")))
                .await?;
        }
        Ok(())
    }

    /// The test id of what the keyboard is at; empty for none.
    pub async fn focus(&self) -> Outcome<String> {
        let at = "return document.activeElement?.dataset?.testid ?? ''";
        let found = self.driver.execute(at, Vec::new()).await?;
        Ok(found.json().as_str().unwrap_or_default().to_owned())
    }

    /// What axe-core finds against WCAG 2.2 AA: rule and place of each.
    pub async fn axe(&self) -> Outcome<Vec<String>> {
        self.axe_of(EVERYTHING).await
    }

    /// Looked at up to three times: a page that changes during a look shows what no reader sees, like the colour of a
    /// button that is just becoming one that can be pressed. What is wrong stays wrong.
    async fn axe_of(&self, rules: &str) -> Outcome<Vec<String>> {
        let known = self
            .driver
            .execute("return !!window.axe", Vec::new())
            .await?;
        if !known.convert::<bool>()? {
            let source = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("../ui/node_modules/axe-core/axe.min.js");
            let source = fs::read_to_string(source)?;
            let there = format!("{source}; window.axe = axe;");
            self.driver.execute(there, Vec::new()).await?;
        }
        let run = format!("const only = {rules};\n{RUN_AXE}");
        let mut found = Vec::new();
        for _ in 0..3 {
            self.painted().await?;
            let said = self.driver.execute_async(&run, Vec::new()).await?;
            found = said.convert::<Vec<String>>()?;
            if found.is_empty() {
                break;
            }
        }
        Ok(found)
    }
}

const EVERYTHING: &str = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']";
const COLOURS: &str = "['color-contrast']";

const RUN_AXE: &str = "const done = arguments[0];
const dialogs = document.querySelectorAll('[role=dialog]');
axe.run(dialogs[dialogs.length - 1] ?? document, { runOnly: only, resultTypes: ['violations'] }).then(
  (found) => done(found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}`))),
  (error) => done([String(error)]));";

/// Tries again while the page moves: a dialog that fades out lies over everything for a moment, and a list is drawn again.
async fn patiently<T, F: Future<Output = Result<T, WebDriverError>>>(
    act: impl Fn() -> F,
) -> Outcome<T> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match act().await {
            Err(error) if is_in_motion(&error) && Instant::now() < deadline => {
                sleep(Duration::from_millis(60)).await;
            }
            done => return Ok(done?),
        }
    }
}

fn is_in_motion(error: &WebDriverError) -> bool {
    matches!(
        error.as_inner(),
        WebDriverErrorInner::ElementClickIntercepted(_)
            | WebDriverErrorInner::StaleElementReference(_)
    )
}
