//! A page without a web view: it calls the commands as the window's page does, through Tauri's own checks.

use std::sync::mpsc::{Receiver, channel};

use custody_app::Stage;
use serde_json::{Value, json};
use tauri::{
    App, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    async_runtime::block_on,
    ipc::{CallbackFn, InvokeBody},
    test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder},
    webview::InvokeRequest,
};

pub struct Page {
    window: WebviewWindow<MockRuntime>,
    stage: Stage,
    changes: Receiver<()>,
    _app: App<MockRuntime>,
}

impl Page {
    /// The window's page, with the configuration and the permissions of the program.
    pub fn new(stage: Stage) -> Self {
        Self::in_window(stage, "main")
    }

    /// A page in a window of another name.
    pub fn in_window(stage: Stage, label: &str) -> Self {
        let app = mock_builder()
            .manage(stage.clone())
            .invoke_handler(custody_app::handler())
            .build(custody_app::context())
            .unwrap();
        let window = WebviewWindowBuilder::new(&app, label, WebviewUrl::default()).build().unwrap();
        let (tell, changes) = channel();
        stage.on_change(move || {
            // A page that is gone hears nothing.
            let _ = tell.send(());
        });
        Self { window, stage, changes, _app: app }
    }

    /// The desk behind the page.
    pub const fn stage(&self) -> &Stage {
        &self.stage
    }

    /// Calls a command: its answer, or what the page is told instead.
    pub fn call(&self, command: &str, args: Value) -> Result<Value, Value> {
        self.invoke(command, json!({ "args": args }))
    }

    /// Sends a message as it is.
    pub fn invoke(&self, command: &str, body: Value) -> Result<Value, Value> {
        self.invoke_from("tauri://localhost", command, body)
    }

    /// Sends a message from a page of this address.
    pub fn invoke_from(&self, address: &str, command: &str, body: Value) -> Result<Value, Value> {
        let request = InvokeRequest {
            cmd: command.to_owned(),
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: address.parse().unwrap(),
            body: InvokeBody::Json(body),
            headers: Default::default(),
            invoke_key: INVOKE_KEY.to_owned(),
        };
        get_ipc_response(&self.window, request).map(|answer| answer.deserialize().unwrap())
    }

    /// Calls a command that must be carried out.
    pub fn done(&self, command: &str, args: Value) -> Value {
        self.call(command, args).unwrap_or_else(|told| panic!("{command} is carried out, but was refused: {told}"))
    }

    /// The code with which a command is refused.
    pub fn refused(&self, command: &str, args: Value) -> String {
        let told = self.call(command, args).expect_err("it is refused");
        assert_eq!(told["reference"].as_str().map(str::len), Some(6), "{command}: the log can be searched: {told}");
        told["code"].as_str().unwrap_or_else(|| panic!("{command} is refused with a code, not with {told}")).to_owned()
    }

    /// Asks again whenever the desk says that something changed, until what is shown is as wished.
    pub fn until<T>(&self, mut look: impl FnMut(&Self) -> Option<T>) -> T {
        loop {
            if let Some(seen) = look(self) {
                return seen;
            }
            self.changes.recv().expect("the desk is still there and tells what changes");
        }
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        block_on(self.stage.close());
    }
}
