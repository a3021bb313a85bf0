//! Uploads: kept on disk, handed out by the forum or by the storage origin, cleaned up when unused.

pub(crate) mod clean_up;
pub(crate) mod create;
pub(crate) mod download;
pub(crate) mod serve;
pub(crate) mod storage;
pub(crate) mod store;
