//! Dossierkluis in a window. What matters is in the core; here are the window, the lock and the way between them.

// No console beside the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod args;
mod backup;
mod bindings;
mod commands;
mod desktop;
mod dto;
mod event;
mod failure;
mod files;
mod folders;
mod handed;
mod idle;
mod lock;
mod outside;
mod process;
mod session;
mod state;
mod swap;
mod task;
mod unsealed;
mod window;

use state::Shell;
use std::{process::ExitCode, time::Duration};
use tauri::{AppHandle, DragDropEvent, Manager, RunEvent, WindowEvent, async_runtime};

fn main() -> ExitCode {
    process::harden();
    process::start_log();
    if !process::has_screen() {
        return ExitCode::from(2);
    }
    process::forget_recent_files();
    let ended = start();
    dossierkluis::store::await_threads();
    match ended {
        Ok(code) => ExitCode::from(u8::try_from(code).unwrap_or(1)),
        Err(error) => {
            process::complain(&error);
            ExitCode::FAILURE
        }
    }
}

/// What can go wrong before there is a window to say it in.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// What the web view writes has nowhere to go but a disk.
    #[error("no place in memory for the web view (neither XDG_RUNTIME_DIR nor /dev/shm): {0}")]
    Memory(#[from] std::io::Error),
    /// Tauri or the toolkit refused.
    #[error("the window cannot be made: {0}")]
    Window(#[from] tauri::Error),
}

#[allow(clippy::exit, reason = "in what tauri generates")]
fn start() -> Result<i32, StartError> {
    let web_data = folders::web_data()?;
    let args = args::read(std::env::args_os().skip(1));
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            let _ = window::show(app);
        }))
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(handed::guard(bindings::builder().invoke_handler()))
        .build(tauri::generate_context!())?;
    let folders = folders::Folders::new(args.folder.clone(), &app.path().data_dir()?);
    backup::end_restore(&folders.practice);
    app.manage(Shell::new(
        args,
        folders,
        window::Windows::new(web_data.path().to_owned()),
    ));
    window::show(app.handle())?;
    begin_watching(app.handle());
    // Returns, so that the directory in memory is taken away.
    Ok(app.run_return(on_event))
}

fn begin_watching(app: &AppHandle) {
    desktop::watch(app);
    process::watch_signals(app);
    watch_vaults(app.clone());
    backup::watch(app.clone());
    let app = app.clone();
    async_runtime::spawn(async move {
        let mut second = tokio::time::interval(Duration::from_secs(1));
        loop {
            second.tick().await;
            look_at_the_clock(&app).await;
        }
    });
}

/// Beside the lock's own clock, which waits for nothing.
fn watch_vaults(app: AppHandle) {
    async_runtime::spawn(async move {
        let mut second = tokio::time::interval(Duration::from_secs(1));
        loop {
            second.tick().await;
            look_at_the_vaults(&app).await;
        }
    });
}

/// Closes the vaults that nobody used for their time.
async fn look_at_the_vaults(app: &AppHandle) {
    let shell = app.state::<Shell>();
    let Ok(practice) = shell.practice().await else {
        return;
    };
    if practice.has_turn()
        && let Err(error) = practice.mind_stand_ins().await
    {
        tracing::warn!(
            code = failure::Failure::from(error).code,
            "a stand-in waits"
        );
    }
    let closed = practice.close_due_vaults();
    if closed.is_empty() {
        return;
    }
    shell.outside.close_all();
    event::vaults(app);
    if let Err(error) = practice.log_closed(&closed).await {
        tracing::warn!(
            code = failure::Failure::from(error).code,
            "that a vault closed could not be logged"
        );
    }
}

async fn look_at_the_clock(app: &AppHandle) {
    match app.state::<Shell>().idle.tick(idle::Now::read()) {
        idle::Tick::Quiet => {}
        idle::Tick::Soon(seconds) => event::lock_soon(app, seconds),
        idle::Tick::Due => lock::now(app).await,
    }
}

fn on_event(app: &AppHandle, event: RunEvent) {
    let RunEvent::WindowEvent { event, .. } = event else {
        return;
    };
    match event {
        // Closing the window locks first: an open text is kept then too.
        WindowEvent::CloseRequested { api, .. } => {
            api.prevent_close();
            let app = app.clone();
            async_runtime::spawn(async move { lock::on_close(&app).await });
        }
        WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) => files::dropped(app, paths),
        _ => {}
    }
}
