//! The real program on a demo practice.

use serde_json::Value;
use std::{
    fs,
    path::PathBuf,
    process::{Command, Output},
};

/// Answers to the four questions of a disclosure that stand in no way.
pub const FAVOUR: [&str; 8] = [
    "--interest",
    "yes",
    "--need",
    "yes",
    "--harm",
    "no",
    "--doubt",
    "no",
];

/// What came out of the program.
pub struct Ran {
    pub code: i32,
    pub out: Value,
    pub err: Value,
}

/// A demo practice in a folder of its own.
pub struct Demo {
    folder: tempfile::TempDir,
    pub users: Vec<Value>,
}

/// `kluis new` in this folder, with a little work, as far as every test has it.
pub fn founding(dir: &str, password: &str) -> Command {
    let mut command = kluis();
    command.args(["new", dir, "--practice", "Proef", "--user", "Baas"]);
    command.args(["--work", "4", "--password-file", password]);
    command
}

pub fn kluis() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kluis"));
    command
        .env("LANG", "C.UTF-8")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES");
    command
}

/// Exit code, standard output and standard error as text.
pub fn seen(command: &mut Command) -> (i32, String, String) {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

/// What a PDF says.
pub fn paper(file: &str) -> String {
    let mut tool = Command::new("pdftotext");
    let (code, text, error) = seen(tool.args(["-raw", file, "-"]));
    assert_eq!(code, 0, "{error}");
    text
}

fn parse(output: &Output) -> Ran {
    let json = |bytes: &[u8]| serde_json::from_slice(bytes).unwrap_or(Value::Null);
    Ran {
        code: output.status.code().unwrap(),
        out: json(&output.stdout),
        err: json(&output.stderr),
    }
}

/// A field of what `show` gave.
pub fn field<'a>(shown: &'a Value, id: &str) -> &'a Value {
    &shown["fields"][id]
}

impl Demo {
    pub fn make(clients: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("praktijk");
        let output = kluis()
            .args([
                "demo",
                "--bare",
                "--work",
                "4",
                "--notes",
                "1",
                "--json",
                "--clients",
                &clients.to_string(),
            ])
            .arg(&dir)
            .output()
            .unwrap();
        let ran = parse(&output);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let demo = Self {
            folder,
            users: ran.out["users"].as_array().unwrap().clone(),
        };
        for user in &demo.users {
            let password = format!("{}\n", user["password"].as_str().unwrap());
            demo.write(
                &format!("pw-{}", user["user"].as_str().unwrap()),
                password.as_bytes(),
            );
        }
        demo
    }

    pub fn dir(&self) -> PathBuf {
        self.folder.path().join("praktijk")
    }

    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    pub fn write(&self, name: &str, bytes: &[u8]) -> String {
        fs::write(self.path(name), bytes).unwrap();
        self.path(name)
    }

    /// The verb comes first, then the practice folder, then the rest.
    pub fn command(&self, user: &str, password_file: &str, words: &[&str]) -> Command {
        let mut command = kluis();
        command
            .args([
                "--as",
                user,
                "--password-file",
                password_file,
                "--json",
                words[0],
            ])
            .arg(self.dir())
            .args(&words[1..]);
        command
    }

    pub fn with(&self, user: &str, password_file: &str, words: &[&str]) -> Ran {
        parse(&self.command(user, password_file, words).output().unwrap())
    }

    pub fn run(&self, user: &str, words: &[&str]) -> Ran {
        self.with(user, &self.path(&format!("pw-{user}")), words)
    }

    /// What a person sees, in Dutch or in English: exit code, standard output, standard error.
    pub fn seen(&self, language: &str, user: &str, words: &[&str]) -> (i32, String, String) {
        let mut command = kluis();
        command
            .env("LANG", language)
            .env("TZ", "UTC")
            .args(["--as", user, "--password-file"])
            .arg(self.path(&format!("pw-{user}")))
            .arg(words[0])
            .arg(self.dir())
            .args(&words[1..]);
        seen(&mut command)
    }

    /// What must succeed.
    pub fn json(&self, user: &str, words: &[&str]) -> Value {
        let ran = self.run(user, words);
        assert_eq!(ran.code, 0, "{words:?}: {}", ran.err);
        ran.out
    }

    /// What must fail, with its code and error.
    pub fn fails(&self, user: &str, words: &[&str]) -> (i32, Value) {
        let ran = self.run(user, words);
        assert_ne!(ran.code, 0, "{words:?}");
        (ran.code, ran.err)
    }
}
