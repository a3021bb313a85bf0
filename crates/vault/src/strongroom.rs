//! The strongroom: the folder of sealed files, and all that is done with them.

use async_trait::async_trait;
use custody_core::{
    Private,
    id::{FileId, ViewingCopyId},
    ports::{
        Aside, ByteSource, Emptied, Found, Inventory, KeyStore, PortResult, Program, RangeSource, SealedFile,
        Strongroom,
    },
    transition::Wrap,
};

use self::seal::Check;
use crate::{blocking::blocking, keys::epoch, vault::Vault, viewing_copy};

pub(crate) mod age_stream;
mod aside;
pub(crate) mod at_will;
pub(crate) mod erase;
mod header;
pub(crate) mod open;
pub(crate) mod pour;
mod seal;
pub(crate) mod turns;

#[async_trait]
impl Strongroom for Vault {
    async fn seal(&self, file: FileId, epoch: i64, body: &mut dyn ByteSource, limit: u64) -> PortResult<SealedFile> {
        seal::seal(&self.0, file, epoch, body, limit, Check::No).await
    }

    async fn seal_and_check(
        &self,
        file: FileId,
        epoch: i64,
        body: &mut dyn ByteSource,
        limit: u64,
    ) -> PortResult<SealedFile> {
        seal::seal(&self.0, file, epoch, body, limit, Check::Open).await
    }

    async fn open(&self, file: FileId, wraps: Vec<Wrap>) -> PortResult<Box<dyn ByteSource>> {
        let desk = self.0.clone();
        blocking(move || open::open(&desk, file, &wraps)).await
    }

    async fn open_at_will(&self, file: FileId, wraps: Vec<Wrap>) -> PortResult<Box<dyn RangeSource>> {
        let desk = self.0.clone();
        blocking(move || at_will::open(&desk, file, &wraps)).await
    }

    async fn erase(&self, file: FileId) -> PortResult<()> {
        let (desk, turn) = (self.0.clone(), self.0.turns.of(*file.as_bytes()).await);
        blocking(move || {
            let _turn = turn;
            desk.readers.end(file);
            erase::erase(&desk, file)?;
            // One that was opened while the file went.
            desk.readers.end(file);
            Ok(())
        })
        .await
    }

    async fn look(&self, file: FileId) -> PortResult<Found> {
        let desk = self.0.clone();
        blocking(move || erase::look(&desk, file)).await
    }

    async fn inventory(&self) -> PortResult<Inventory> {
        let desk = self.0.clone();
        blocking(move || erase::inventory(&desk)).await
    }

    async fn set_aside(&self, file: FileId) -> PortResult<()> {
        let (desk, turn) = (self.0.clone(), self.0.turns.of(*file.as_bytes()).await);
        blocking(move || {
            let _turn = turn;
            aside::set_aside(&desk, file)?;
            desk.readers.end(file);
            Ok(())
        })
        .await
    }

    async fn aside(&self) -> PortResult<Vec<Aside>> {
        let desk = self.0.clone();
        blocking(move || aside::list(&desk)).await
    }

    async fn erase_aside(&self, name: &str) -> PortResult<()> {
        let (desk, name) = (self.0.clone(), name.to_owned());
        blocking(move || aside::erase(&desk, &name)).await
    }

    async fn make_viewing_copy(
        &self,
        copy: ViewingCopyId,
        name: &Private<String>,
        body: &mut dyn ByteSource,
    ) -> PortResult<Private<String>> {
        viewing_copy::make(&self.0, copy, name, body).await
    }

    async fn end_viewing_copy(&self, copy: ViewingCopyId, name: Option<&Private<String>>) -> PortResult<Emptied> {
        let (desk, turn) = (self.0.clone(), self.0.turns.of(*copy.as_bytes()).await);
        let name = name.cloned();
        blocking(move || {
            let _turn = turn;
            viewing_copy::end(&desk, copy, name.as_ref())
        })
        .await
    }

    async fn beside_viewing_copy(&self, copy: ViewingCopyId, name: &Private<String>) -> PortResult<u64> {
        let (desk, name) = (self.0.clone(), name.clone());
        blocking(move || viewing_copy::beside(&desk, copy, &name)).await
    }

    async fn programs_in_viewing_copies(&self) -> PortResult<Vec<(ViewingCopyId, Program)>> {
        let desk = self.0.clone();
        blocking(move || viewing_copy::programs(&desk)).await
    }

    async fn viewing_copies(&self) -> PortResult<Vec<ViewingCopyId>> {
        let desk = self.0.clone();
        blocking(move || viewing_copy::list(&desk)).await
    }

    async fn make_epoch(&self, epoch: i64) -> PortResult<()> {
        let desk = self.0.clone();
        blocking(move || epoch::make(&*desk.store, epoch)).await
    }

    async fn rewrap(&self, wraps: Vec<Wrap>, to: i64) -> PortResult<Vec<Wrap>> {
        let desk = self.0.clone();
        blocking(move || epoch::rewrap(&*desk.store, &wraps, to)).await
    }

    async fn destroy_epochs_but(&self, keep: i64) -> PortResult<Vec<i64>> {
        let desk = self.0.clone();
        blocking(move || epoch::destroy_all_but(&*desk.store, keep)).await
    }

    async fn epochs(&self) -> PortResult<Vec<i64>> {
        let desk = self.0.clone();
        blocking(move || epoch::list(&*desk.store)).await
    }

    fn key_store(&self) -> KeyStore {
        self.0.store.kind()
    }
}
