//! The window's configuration, read as it stands: what is forbidden here stays off, whoever edits it.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;

#[test]
fn the_page_is_our_own_and_cannot_be_changed_from_outside() {
    let config = config();
    assert_eq!(broken(&config), BTreeSet::new());
}

#[test]
fn every_rule_can_be_broken() {
    // Each change is one that a hurried hand might make; each must be found.
    for (pointer, value, found) in [
        ("/app/withGlobalTauri", Value::Bool(true), "withGlobalTauri"),
        ("/app/windows/0/label", "*".into(), "window label"),
        ("/app/windows/0/url", "https://example.org".into(), "remote page"),
        ("/app/security/freezePrototype", Value::Bool(false), "freezePrototype"),
        ("/app/security/pattern/use", "brownfield".into(), "isolation"),
        ("/app/security/assetProtocol/enable", Value::Bool(true), "asset protocol"),
        ("/app/security/csp/script-src", "'self' 'unsafe-eval'".into(), "unsafe script-src"),
        ("/app/security/csp/style-src", "'self' 'unsafe-inline'".into(), "unsafe style-src"),
        ("/app/security/csp/default-src", "*".into(), "open default-src"),
        ("/app/security/csp/connect-src", "ipc: https://example.org".into(), "open connect-src"),
        ("/app/security/csp/object-src", "'self'".into(), "open object-src"),
        ("/app/security/csp/base-uri", "'self'".into(), "open base-uri"),
        ("/app/security/csp/form-action", "'self'".into(), "open form-action"),
        ("/build/devUrl", "http://192.0.2.1:1420".into(), "remote page"),
        ("/build/frontendDist", "https://example.org".into(), "remote page"),
        ("/build/removeUnusedCommands", Value::Bool(false), "removeUnusedCommands"),
        ("/plugins/updater/pubkey", "".into(), "updater key"),
        ("/plugins/updater/endpoints/0", "http://example.org".into(), "updater address"),
        ("/plugins/updater/requireSignedVersion", Value::Bool(false), "updater version"),
    ] {
        let mut config = config();
        set(&mut config, pointer, value);
        assert!(broken(&config).contains(found), "{pointer} is looked at");
    }
    let mut config = config();
    config["app"]["security"]["dangerousDisableAssetCspModification"] = Value::Bool(true);
    assert!(broken(&config).contains("dangerous setting"));
    config["plugins"]["updater"]["dangerousInsecureTransportProtocol"] = Value::Bool(true);
    assert!(broken(&config).contains("dangerous setting"));
}

#[test]
fn there_is_one_capability_for_each_kind_of_window_and_none_for_a_plugin() {
    let capabilities = capabilities();
    let windows: BTreeSet<_> = capabilities.iter().map(|capability| capability["windows"].to_string()).collect();
    assert_eq!(windows, BTreeSet::from([r#"["main"]"#.to_owned(), r#"["viewer-*"]"#.to_owned()]), "named windows only");
    assert_eq!(capabilities.len(), 2, "so that there is one place to read for each");
    for capability in capabilities {
        for key in ["webviews", "remote", "platforms"] {
            assert!(capability.get(key).is_none(), "no {key}: it would widen or split what is allowed");
        }
        for permission in capability["permissions"].as_array().unwrap() {
            let name = permission.as_str().expect("a permission without a scope of its own");
            let ours = name.strip_prefix("allow-").is_some_and(|name| !name.contains(':'));
            let listening = ["core:event:allow-listen", "core:event:allow-unlisten"].contains(&name);
            assert!(ours || listening, "{name} is neither our own command nor listening");
        }
    }
}

#[test]
fn no_plugin_of_the_page_is_installed() {
    let package = fs::read_to_string(root().join("package.json")).unwrap();
    assert!(!package.contains("@tauri-apps/plugin-"), "plugins are called from Rust");
    let manifest = fs::read_to_string(root().join("src-tauri/Cargo.toml")).unwrap();
    for plugin in ["tauri-plugin-fs", "tauri-plugin-shell", "tauri-plugin-http", "tauri-plugin-opener"] {
        assert!(!manifest.contains(plugin), "{plugin} would reach what the page must not");
    }
}

/// The rules that this configuration breaks.
fn broken(config: &Value) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let mut rule = |name, holds: bool| {
        if !holds {
            found.insert(name);
        }
    };
    let security = &config["app"]["security"];

    rule("withGlobalTauri", config["app"]["withGlobalTauri"] == false);
    rule("freezePrototype", security["freezePrototype"] == true);
    rule("isolation", security["pattern"]["use"] == "isolation");
    rule("asset protocol", security["assetProtocol"]["enable"] == false);
    rule("asset protocol", security["assetProtocol"]["scope"].as_array().is_some_and(Vec::is_empty));
    rule("capabilities", security["capabilities"] == serde_json::json!(["main", "viewer"]));
    rule("removeUnusedCommands", config["build"]["removeUnusedCommands"] == true);
    rule("dangerous setting", !config.to_string().contains("\"dangerous"));

    let windows = config["app"]["windows"].as_array().unwrap();
    rule("window label", windows.iter().all(|window| window["label"] == "main"));
    rule("remote page", windows.iter().all(|window| window.get("url").is_none()));
    rule("remote page", is_loopback(config["build"]["devUrl"].as_str()));
    rule("remote page", config["build"]["frontendDist"].as_str().is_some_and(|path| path.starts_with("../")));

    for (directive, name) in [
        ("default-src", "open default-src"),
        ("script-src", "open script-src"),
        ("style-src", "open style-src"),
        ("font-src", "open font-src"),
        ("img-src", "open img-src"),
    ] {
        rule(name, security["csp"][directive].as_str().is_some_and(|sources| sources.split(' ').all(is_own)));
    }
    for (directive, name) in
        [("object-src", "open object-src"), ("base-uri", "open base-uri"), ("form-action", "open form-action")]
    {
        rule(name, security["csp"][directive] == "'none'");
    }
    rule("open connect-src", security["csp"]["connect-src"] == "ipc: http://ipc.localhost");
    for (directive, name) in [("script-src", "unsafe script-src"), ("style-src", "unsafe style-src")] {
        rule(name, security["csp"][directive].as_str().is_some_and(|sources| !sources.contains("unsafe")));
    }

    let updater = &config["plugins"]["updater"];
    rule("updater key", updater["pubkey"].as_str().is_some_and(|key| !key.trim().is_empty()));
    rule("updater version", updater["requireSignedVersion"] == true);
    let endpoints = updater["endpoints"].as_array().unwrap();
    rule("updater address", !endpoints.is_empty());
    rule("updater address", endpoints.iter().all(|it| it.as_str().is_some_and(|it| it.starts_with("https://"))));
    found
}

fn is_own(source: &str) -> bool {
    source == "'self'"
}

fn is_loopback(address: Option<&str>) -> bool {
    address.is_some_and(|address| address.starts_with("http://127.0.0.1:"))
}

fn set(config: &mut Value, pointer: &str, value: Value) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match config.pointer_mut(parent).expect("the place is there") {
        Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
        object => object[key] = value,
    }
}

fn config() -> Value {
    serde_json::from_str(&fs::read_to_string(root().join("src-tauri/tauri.conf.json")).unwrap()).unwrap()
}

fn capabilities() -> Vec<Value> {
    let folder = fs::read_dir(root().join("src-tauri/capabilities")).unwrap();
    folder.map(|entry| serde_json::from_str(&fs::read_to_string(entry.unwrap().path()).unwrap()).unwrap()).collect()
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
