//! A sealed file that is read at any place: what the viewer reads through.

use std::{
    collections::BTreeMap,
    io::{BufReader, Read, Seek, SeekFrom},
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

use age::{Decryptor, Identity, stream::StreamReader};
use custody_core::{
    id::FileId,
    ports::{Fault, PortError, PortResult, RangeSource},
    transition::Wrap,
};

use super::{
    age_stream::{OpenError, content_error, header_error},
    header,
    open::{file_identity, open_sealed},
};
use crate::{
    disk::{AtWill, disk_trouble},
    keys::identity::Pass,
    vault::Desk,
};

/// The readers that are open now, so that whatever ends the file or locks the desk can end them first.
#[derive(Default)]
pub(crate) struct Readers(Mutex<BTreeMap<FileId, Vec<Weak<Shared>>>>);

impl Readers {
    /// Ends the readers of one file: its key and the open file go with them.
    pub(crate) fn end(&self, file: FileId) {
        let ended = held(&self.0).remove(&file).unwrap_or_default();
        ended.iter().filter_map(Weak::upgrade).for_each(|reader| reader.end(Fault::NotFound));
    }

    /// Ends all readers.
    pub(crate) fn end_all(&self) {
        let ended = std::mem::take(&mut *held(&self.0));
        ended.values().flatten().filter_map(Weak::upgrade).for_each(|reader| reader.end(Fault::Locked));
    }

    fn add(&self, file: FileId, reader: &Arc<Shared>) {
        let mut readers = held(&self.0);
        let readers = readers.entry(file).or_default();
        readers.retain(|reader| reader.strong_count() > 0);
        readers.push(Arc::downgrade(reader));
    }
}

/// Opens the header and authenticates the end. The content is read when somebody asks for it.
pub(super) fn open(desk: &Desk, file: FileId, wraps: &[Wrap]) -> PortResult<Box<dyn RangeSource>> {
    let pass = desk.unlocked.pass()?;
    let identity = file_identity(desk, file, wraps)?;
    let mut sealed = open_sealed(desk.disk.open_at_will(&desk.places.sealed_file(file)))?;
    // Read once on its own: what is refused there is none of the age crate's business.
    drop(header::checked(Box::new(BufReader::new(&mut sealed)))?);
    sealed.rewind().map_err(OpenError::Disk)?;
    let decryptor = Decryptor::new_buffered(BufReader::new(sealed)).map_err(header_error)?;
    let mut stream = decryptor.decrypt(std::iter::once(&identity as &dyn Identity)).map_err(header_error)?;
    // The last chunk alone opens as the last one, so this is how much there is.
    let size = stream.seek(SeekFrom::End(0)).map_err(content_error)?;
    let shared = Arc::new(Shared { state: Mutex::new(State::Open(Box::new(stream))) });
    desk.readers.add(file, &shared);
    // Locked or erased in between: whoever did so did not know of this reader.
    pass.check()?;
    if desk.disk.look(&desk.places.sealed_file(file)).map_err(disk_trouble)?.is_none() {
        return Err(PortError::needs_person(Fault::NotFound));
    }
    Ok(Box::new(Reader { size, pass, shared }))
}

type Stream = StreamReader<BufReader<Box<dyn AtWill>>>;

struct Reader {
    size: u64,
    pass: Pass,
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<State>,
}

enum State {
    Open(Box<Stream>),
    Ended(Fault),
}

impl Shared {
    fn end(&self, fault: Fault) {
        *held(&self.state) = State::Ended(fault);
    }
}

impl RangeSource for Reader {
    fn size(&self) -> u64 {
        self.size
    }

    fn check(&self) -> PortResult<()> {
        match &*held(&self.shared.state) {
            State::Open(_) => self.pass.check(),
            State::Ended(fault) => Err(PortError::needs_person(*fault)),
        }
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> PortResult<usize> {
        let mut state = held(&self.shared.state);
        let stream = match &mut *state {
            State::Open(stream) => stream,
            State::Ended(fault) => return Err(PortError::needs_person(*fault)),
        };
        self.pass.check()?;
        let left = usize::try_from(self.size.saturating_sub(offset)).unwrap_or(usize::MAX);
        let wanted = into.len().min(left);
        if wanted == 0 {
            return Ok(0);
        }
        let read = stream.seek(SeekFrom::Start(offset)).and_then(|_| stream.read_exact(&mut into[..wanted]));
        read.map(|()| wanted).map_err(|cause| {
            let error = PortError::from(content_error(cause));
            // Where the stream stands now is not known, and a damaged whole is not to be trusted: it is opened anew.
            *state = State::Ended(error.fault);
            error
        })
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
