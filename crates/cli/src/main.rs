//! `custody`: the same desk without a window.

mod args;
mod commands;
mod context;
mod copies;
mod exit;
mod failure;
mod ids;
mod named;
mod new_file;
mod out;
mod progress;
mod secrets;
mod stop;
mod table;
mod times;

use std::{process::ExitCode, time::Duration};

use context::Context;
use exit::Exit;
use failure::Failure;
use out::tell;

/// How long work that a server or disk keeps is waited for in the end. What is cut off is found undone at the next start.
const LAST_WAIT: Duration = Duration::from_secs(10);

fn main() -> ExitCode {
    match tokio::runtime::Runtime::new() {
        Ok(runtime) => {
            let code = runtime.block_on(run());
            runtime.shutdown_timeout(LAST_WAIT);
            code
        }
        Err(error) => told(&Failure::Terminal(error), false),
    }
}

async fn run() -> ExitCode {
    let (command, global) = match args::parse(std::env::args_os()) {
        Ok(parsed) => parsed,
        Err(args::NotRun::Shown(exit)) => return exit.code().into(),
        Err(args::NotRun::Failed { failure, json }) => return told(&failure, json),
    };
    let json = global.json;
    let mut context = Context::new(global);
    let done = match commands::run(command, &mut context).await {
        Ok(()) => context.out.finish(),
        // What was shown before the failure is worth showing; if that fails too, the first failure counts.
        Err(failure) => {
            drop(context.out.finish());
            Err(failure)
        }
    };
    match done {
        Ok(()) => Exit::Done.code().into(),
        Err(failure) if failure.is_reader_gone() => Exit::Done.code().into(),
        Err(failure) => told(&failure, json),
    }
}

fn told(failure: &Failure, json: bool) -> ExitCode {
    tell(failure.told(json));
    failure.exit().code().into()
}
