//! The commands, in one list: what the page may call, and from which its typed border is generated.

use crate::commands::*;
use tauri_specta::{Builder, ErrorHandlingMode, collect_commands};

/// Every command. A test writes or compares `ui/src/lib/ipc/bindings.ts` from this.
pub fn builder() -> Builder<tauri::Wry> {
    Builder::new()
        // The page catches failures as exceptions, where it wants to.
        .error_handling(ErrorHandlingMode::Throw)
        .commands(collect_commands![
            session::status,
            account::password_strength,
            account::create_practice,
            sheet::confirm_recovery,
            sheet::new_recovery_sheet,
            sheet::save_recovery_sheet,
            demo::create_demo,
            session::sign_in,
            account::change_password,
            session::recover,
            session::session,
            session::lock,
            session::touch,
            session::catalogue,
            list::list_dossiers,
            list::search,
            list::recents,
            dossier::open_dossier,
            dossier::reread_dossier,
            dossier::reveal_field,
            dossier::set_field,
            dossier::field_history,
            dossier::restore_field,
            dossier::create_dossier,
            story::add_entry,
            story::edit_entry,
            story::entry_history,
            bin::bin_entry,
            bin::bin_dossier,
            bin::bin,
            bin::restore_from_bin,
            dossier::move_dossier,
            draft::keep_draft,
            draft::drop_draft,
            draft::drafts,
            transfer::choose_import,
            transfer::preview_import,
            transfer::run_import,
            transfer::cancel_task,
            transfer::export_dossiers,
            people::people,
            people::invite_user,
            people::renew_invitation,
            people::disable_user,
            people::set_user_expiry,
            people::require_password_change,
            people::add_statement,
            people::new_group,
            people::set_member,
            people::new_circle,
            people::set_circle_member,
            rights::matrix,
            rights::preview_grant,
            rights::set_grant,
            rights::give_waiting,
            rights::set_protected,
            settings::settings,
            settings::save_settings,
            settings::save_preferences,
            audit::audit_log,
        ])
}

#[cfg(test)]
mod tests;
