//! Ports that never answer. Each says when it was reached, and passes on what it does not hold back.

use std::{collections::BTreeSet, path::PathBuf, sync::Arc, time::Duration};

use async_trait::async_trait;
use custody_core::{
    Private,
    backup::JournalEntry,
    case::TopicId,
    id::{CaseId, FileId, ViewingCopyId},
    period::Period,
    ports::{
        Arrived, Aside, AttachmentRef, BackupState, BackupTarget, Bounds, Brought, ByteSource, ChangedThreads,
        ChangedTickets, Chosen, Download, DropFolders, Dropped, Emptied, Forum, ForumAccount, ForumCopy, Found,
        Inventory, KeyStore, Mailbox, OutgoingLetter, PortResult, Postbox, Program, RangeSource, SealedFile, Signer,
        StateFacts, Stripped, Strongroom, Thread, Tracker,
    },
    ticket::{TicketReading, TicketRef},
    transition::Wrap,
};
use tokio::sync::watch;

/// A port that holds something back for ever.
pub struct Stuck<P: ?Sized> {
    port: Arc<P>,
    reached: watch::Sender<bool>,
    released: watch::Sender<bool>,
    holds: Holds,
}

/// What a forum holds back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Lists,
    SingleThreads,
    Downloads,
}

/// Waits until the port was asked for what it holds back.
pub struct Reached(watch::Receiver<bool>);

impl Reached {
    pub async fn wait(mut self) {
        let waiting = self.0.wait_for(|reached| *reached);
        tokio::time::timeout(Duration::from_secs(180), waiting).await.expect("the job begins").unwrap();
    }
}

impl<P: ?Sized> Stuck<P> {
    pub fn at(port: Arc<P>) -> (Arc<Self>, Reached) {
        Self::holding(port, Holds::Lists)
    }

    pub fn at_single_threads(port: Arc<P>) -> (Arc<Self>, Reached) {
        Self::holding(port, Holds::SingleThreads)
    }

    pub fn at_downloads(port: Arc<P>) -> (Arc<Self>, Reached) {
        Self::holding(port, Holds::Downloads)
    }

    fn holding(port: Arc<P>, holds: Holds) -> (Arc<Self>, Reached) {
        let (reached, released) = (watch::Sender::new(false), watch::Sender::new(false));
        let told = Reached(reached.subscribe());
        (Arc::new(Self { port, reached, released, holds }), told)
    }

    /// Holds back no downloads any more, not even those that wait already.
    pub fn release(&self) {
        self.released.send_replace(true);
    }

    async fn hang<T>(&self) -> T {
        self.reached.send_replace(true);
        std::future::pending().await
    }
}

#[async_trait]
impl Forum for Stuck<dyn Forum> {
    fn name(&self) -> &str {
        self.port.name()
    }
    async fn account(&self) -> PortResult<ForumAccount> {
        self.port.account().await
    }
    async fn changed_threads(&self, mark: Option<&str>) -> PortResult<ChangedThreads> {
        if self.holds == Holds::Lists { self.hang().await } else { self.port.changed_threads(mark).await }
    }
    async fn assigned(&self) -> PortResult<Option<BTreeSet<TopicId>>> {
        self.port.assigned().await
    }
    async fn thread(&self, topic: TopicId) -> PortResult<Thread> {
        if self.holds == Holds::SingleThreads { self.hang().await } else { self.port.thread(topic).await }
    }
    async fn thread_of_post(&self, post: i64) -> PortResult<Option<TopicId>> {
        self.port.thread_of_post(post).await
    }
    async fn download(&self, attachment: &AttachmentRef) -> PortResult<Download> {
        if self.holds == Holds::Downloads {
            self.reached.send_replace(true);
            self.released.subscribe().wait_for(|released| *released).await.unwrap();
        }
        self.port.download(attachment).await
    }
    async fn reply(&self, topic: TopicId, text: &Private<String>) -> PortResult<i64> {
        self.port.reply(topic, text).await
    }
    async fn look(&self, attachment: &AttachmentRef) -> PortResult<ForumCopy> {
        self.port.look(attachment).await
    }
    async fn is_open_to_anyone(&self, attachment: &AttachmentRef) -> PortResult<bool> {
        self.port.is_open_to_anyone(attachment).await
    }
    async fn strip(&self, topic: TopicId, attachment: &AttachmentRef) -> PortResult<Stripped> {
        self.port.strip(topic, attachment).await
    }
    async fn wait_for_news(&self, limit: Duration) -> PortResult<bool> {
        self.port.wait_for_news(limit).await
    }
    async fn email_of(&self, username: &Private<String>) -> PortResult<Option<Private<String>>> {
        self.port.email_of(username).await
    }
}

#[async_trait]
impl Tracker for Stuck<dyn Tracker> {
    async fn read(&self, ticket: &TicketRef) -> PortResult<TicketReading> {
        self.port.read(ticket).await
    }
    async fn changed(&self, _known: &[TicketRef], _mark: Option<&str>) -> PortResult<ChangedTickets> {
        self.hang().await
    }
}

#[async_trait]
impl Postbox for Stuck<dyn Postbox> {
    async fn send(&self, _letter: &OutgoingLetter) -> PortResult<()> {
        self.hang().await
    }
}

#[async_trait]
impl Mailbox for Stuck<dyn Mailbox> {
    async fn arrived(&self, _mark: Option<&str>) -> PortResult<Arrived> {
        self.hang().await
    }
    async fn wait(&self, limit: Duration) -> PortResult<()> {
        self.port.wait(limit).await
    }
}

#[async_trait]
impl BackupTarget for Stuck<dyn BackupTarget> {
    fn name(&self) -> &str {
        self.port.name()
    }
    fn snapshots_kept(&self) -> Period {
        self.port.snapshots_kept()
    }
    async fn claim(&self) -> PortResult<()> {
        self.hang().await
    }
    async fn inventory(&self) -> PortResult<Vec<(FileId, u64)>> {
        self.hang().await
    }
    async fn copy(&self, file: FileId) -> PortResult<u64> {
        self.port.copy(file).await
    }
    async fn fetch(&self, file: FileId) -> PortResult<()> {
        self.port.fetch(file).await
    }
    async fn erase(&self, file: FileId) -> PortResult<()> {
        self.port.erase(file).await
    }
    async fn look(&self, file: FileId) -> PortResult<Found> {
        self.port.look(file).await
    }
    async fn note(&self, entries: &[JournalEntry]) -> PortResult<()> {
        self.port.note(entries).await
    }
    async fn states(&self) -> PortResult<Vec<BackupState>> {
        self.port.states().await
    }
    async fn write_state(&self, state: BackupState, facts: StateFacts, ledger: &mut dyn ByteSource) -> PortResult<()> {
        self.port.write_state(state, facts, ledger).await
    }
    async fn destroy_states_but(&self, keep: BackupState) -> PortResult<()> {
        self.port.destroy_states_but(keep).await
    }
    async fn destroy_all_states(&self) -> PortResult<()> {
        self.port.destroy_all_states().await
    }
}

#[async_trait]
impl Signer for Stuck<dyn Signer> {
    fn public_key(&self) -> [u8; 32] {
        self.port.public_key()
    }
    async fn sign(&self, _message: &[u8]) -> PortResult<[u8; 64]> {
        self.hang().await
    }
}

#[async_trait]
impl DropFolders for Stuck<dyn DropFolders> {
    async fn make(&self, case: CaseId) -> PortResult<Private<String>> {
        self.port.make(case).await
    }
    async fn path(&self, case: CaseId) -> PortResult<Option<Private<String>>> {
        self.port.path(case).await
    }
    async fn cases(&self) -> PortResult<Vec<CaseId>> {
        self.hang().await
    }
    async fn examine(&self, paths: Vec<Private<PathBuf>>, bounds: &Bounds) -> PortResult<Vec<Chosen>> {
        self.port.examine(paths, bounds).await
    }
    async fn bring(&self, case: CaseId, chosen: &Chosen, bounds: &Bounds) -> PortResult<Brought> {
        self.port.bring(case, chosen, bounds).await
    }
    async fn look(&self, case: CaseId) -> PortResult<Vec<Dropped>> {
        self.port.look(case).await
    }
    async fn open(&self, dropped: &Dropped) -> PortResult<Box<dyn ByteSource>> {
        self.port.open(dropped).await
    }
    async fn erase(&self, dropped: &Dropped) -> PortResult<()> {
        self.port.erase(dropped).await
    }
    async fn remove(&self, case: CaseId) -> PortResult<()> {
        self.port.remove(case).await
    }
}

#[async_trait]
impl Strongroom for Stuck<dyn Strongroom> {
    async fn seal(&self, file: FileId, epoch: i64, body: &mut dyn ByteSource, limit: u64) -> PortResult<SealedFile> {
        self.port.seal(file, epoch, body, limit).await
    }
    async fn seal_and_check(
        &self,
        file: FileId,
        epoch: i64,
        body: &mut dyn ByteSource,
        limit: u64,
    ) -> PortResult<SealedFile> {
        self.port.seal_and_check(file, epoch, body, limit).await
    }
    async fn open(&self, file: FileId, wraps: Vec<Wrap>) -> PortResult<Box<dyn ByteSource>> {
        self.port.open(file, wraps).await
    }
    async fn open_at_will(&self, file: FileId, wraps: Vec<Wrap>) -> PortResult<Box<dyn RangeSource>> {
        self.port.open_at_will(file, wraps).await
    }
    async fn erase(&self, file: FileId) -> PortResult<()> {
        self.port.erase(file).await
    }
    async fn look(&self, file: FileId) -> PortResult<Found> {
        self.port.look(file).await
    }
    async fn inventory(&self) -> PortResult<Inventory> {
        self.port.inventory().await
    }
    async fn set_aside(&self, file: FileId) -> PortResult<()> {
        self.port.set_aside(file).await
    }
    async fn aside(&self) -> PortResult<Vec<Aside>> {
        self.port.aside().await
    }
    async fn erase_aside(&self, name: &str) -> PortResult<()> {
        self.port.erase_aside(name).await
    }
    async fn make_viewing_copy(
        &self,
        copy: ViewingCopyId,
        name: &Private<String>,
        body: &mut dyn ByteSource,
    ) -> PortResult<Private<String>> {
        self.port.make_viewing_copy(copy, name, body).await
    }
    async fn end_viewing_copy(&self, _copy: ViewingCopyId, _name: Option<&Private<String>>) -> PortResult<Emptied> {
        self.hang().await
    }
    async fn beside_viewing_copy(&self, copy: ViewingCopyId, name: &Private<String>) -> PortResult<u64> {
        self.port.beside_viewing_copy(copy, name).await
    }
    async fn programs_in_viewing_copies(&self) -> PortResult<Vec<(ViewingCopyId, Program)>> {
        self.port.programs_in_viewing_copies().await
    }
    async fn viewing_copies(&self) -> PortResult<Vec<ViewingCopyId>> {
        self.port.viewing_copies().await
    }
    async fn make_epoch(&self, epoch: i64) -> PortResult<()> {
        self.port.make_epoch(epoch).await
    }
    async fn rewrap(&self, wraps: Vec<Wrap>, to: i64) -> PortResult<Vec<Wrap>> {
        self.port.rewrap(wraps, to).await
    }
    async fn destroy_epochs_but(&self, keep: i64) -> PortResult<Vec<i64>> {
        self.port.destroy_epochs_but(keep).await
    }
    async fn epochs(&self) -> PortResult<Vec<i64>> {
        self.port.epochs().await
    }
    fn key_store(&self) -> KeyStore {
        self.port.key_store()
    }
}
