//! Names every command of the window, so that Tauri denies each one that no capability allows.

include!("command-list.rs");

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident($args:ty) -> $answer:ty;)*) => {
        &[$(stringify!($name)),*]
    };
}

const COMMANDS: &[&[&str]] = &[each_command!(names), each_viewer_command!(names)];

fn main() {
    println!("cargo:rerun-if-changed=command-list.rs");
    // Tauri keeps the names as long as the program runs, which is not long.
    let manifest = tauri_build::AppManifest::new().commands(Box::leak(COMMANDS.concat().into_boxed_slice()));
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest)) {
        println!("cargo:warning={error:#}");
        std::process::exit(1);
    }
}
