//! What every command is given: how it was called, where its output goes, and the way to the desk.

use custody_desk::{Desk, DeskOptions, Places, logs};

use crate::{args::Global, failure::Failure, out::Out, secrets};

/// How often a passphrase may be typed wrongly.
const TRIES: u32 = 3;

/// How a command was called, and where its output goes.
#[derive(Debug)]
pub struct Context {
    /// The options that every command has.
    pub global: Global,
    /// Standard output.
    pub out: Out,
}

impl Context {
    /// A context for these options.
    pub fn new(global: Global) -> Self {
        let out = Out::new(global.json);
        Self { global, out }
    }

    /// Where the desk lies.
    pub fn places(&self) -> Result<Places, Failure> {
        Ok(match &self.global.home {
            Some(home) => Places::under(home)?,
            None => Places::of_this_user()?,
        })
    }

    /// How the desk is opened.
    pub fn options(&self) -> DeskOptions {
        let usual = DeskOptions::default();
        match &self.global.person {
            Some(name) => DeskOptions { person: name.clone().into(), ..usual },
            None => usual,
        }
    }

    /// Opens the desk, lets `work` have it, and closes it again whatever came of that.
    pub async fn with_desk<T>(
        &mut self,
        work: impl AsyncFnOnce(&Desk, &mut Self) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let desk = self.open_desk().await?;
        let done = work(&desk, self).await;
        desk.close().await;
        done
    }

    async fn open_desk(&self) -> Result<Desk, Failure> {
        let places = self.places()?;
        // Asked first, so that looking for a desk where there is none leaves no folder of logs.
        if Desk::is_made(&places)? {
            logs::start(&places)?;
        }
        Ok(Desk::open(places, self.options()).await?)
    }

    /// Unlocks the desk. Somebody at a terminal may try again.
    pub async fn unlock(&self, desk: &Desk) -> Result<(), Failure> {
        let file = self.global.passphrase_file.as_deref();
        for _ in 1..TRIES {
            match desk.unlock(secrets::passphrase(file)?).await {
                Err(error) if file.is_none() && error.fault() == custody_core::ports::Fault::WrongPassphrase => {
                    self.out.remark("The passphrase is wrong.");
                }
                done => return Ok(done?),
            }
        }
        Ok(desk.unlock(secrets::passphrase(file)?).await?)
    }
}
