//! The icons, as `scripts/icons.mjs` draws them: all there, and of the sizes that they are named after.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{fs, path::Path};

use serde_json::Value;

const STATES: [&str; 4] = ["well", "waits", "paused", "problem"];

#[test]
fn every_icon_that_a_bundle_takes_is_there_in_its_size() {
    for (name, size) in [
        ("32x32.png", 32),
        ("128x128.png", 128),
        ("128x128@2x.png", 256),
        ("icon.png", 512),
        ("StoreLogo.png", 50),
        ("Square30x30Logo.png", 30),
        ("Square44x44Logo.png", 44),
        ("Square71x71Logo.png", 71),
        ("Square89x89Logo.png", 89),
        ("Square107x107Logo.png", 107),
        ("Square142x142Logo.png", 142),
        ("Square150x150Logo.png", 150),
        ("Square284x284Logo.png", 284),
        ("Square310x310Logo.png", 310),
    ] {
        assert_eq!(png(&icons().join(name)), (size, size), "{name}");
    }
    let config: Value = serde_json::from_str(&text("src-tauri/tauri.conf.json")).unwrap();
    for icon in config["bundle"]["icon"].as_array().unwrap() {
        assert!(root().join("src-tauri").join(icon.as_str().unwrap()).is_file(), "{icon}");
    }
}

#[test]
fn windows_and_macos_find_each_size_in_their_own_files() {
    let ico = fs::read(icons().join("icon.ico")).unwrap();
    // A header of six bytes, then sixteen for each picture; 0 stands for 256.
    let mut sizes: Vec<u8> = (0..usize::from(ico[4])).map(|at| ico[6 + at * 16]).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [0, 16, 24, 32, 48, 64]);

    let icns = fs::read(icons().join("icon.icns")).unwrap();
    assert_eq!(&icns[..4], b"icns");
    let mut kinds = Vec::new();
    let mut at = 8;
    while at < icns.len() {
        kinds.push(String::from_utf8(icns[at..at + 4].to_vec()).unwrap());
        at += u32::from_be_bytes(icns[at + 4..at + 8].try_into().unwrap()) as usize;
    }
    // 128, 256, 512 and 1024 pixels, and 16 and 32 points in both densities.
    for kind in ["ic07", "ic08", "ic09", "ic10", "ic11", "ic12", "ic13", "ic14"] {
        assert!(kinds.iter().any(|it| it == kind), "{kind} in {kinds:?}");
    }
}

#[test]
fn the_tray_has_each_state_in_each_size_and_as_a_template() {
    for state in STATES {
        for (form, sizes) in [("", &[16, 20, 22, 24, 32, 44][..]), ("-template", &[18, 36])] {
            let source = format!("tray/{state}{form}.svg");
            assert!(icons().join(&source).is_file(), "{source}");
            for size in sizes {
                let file = icons().join(format!("tray/{state}{form}-{size}.png"));
                assert_eq!(png(&file), (*size, *size), "{}", file.display());
            }
        }
    }
}

#[test]
fn what_is_installed_on_linux_is_given_its_links() {
    let entry = text("src-tauri/linux/custody.desktop");
    let has = |line: &str| entry.lines().any(|it| it == line);
    assert!(has("Exec={{exec}} %u"), "without %u a link would be lost");
    assert!(has("MimeType=x-scheme-handler/custody;"), "and without this nobody would bring it");
    let config: Value = serde_json::from_str(&text("src-tauri/tauri.conf.json")).unwrap();
    for package in ["deb", "rpm"] {
        assert_eq!(config["bundle"]["linux"][package]["desktopTemplate"], "linux/custody.desktop");
    }
    let schemes = &config["plugins"]["deep-link"]["desktop"]["schemes"];
    assert_eq!(schemes, &serde_json::json!([custody_app::SCHEME]), "for the bundles of macOS and Windows");
}

/// Width and height, as the file itself has them.
fn png(path: &Path) -> (u32, u32) {
    let bytes = fs::read(path).unwrap();
    assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n", "{}", path.display());
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

fn icons() -> std::path::PathBuf {
    root().join("icons")
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
