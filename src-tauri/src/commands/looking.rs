//! What the window of a viewer asks of its one file.

use custody_desk::{
    Viewer,
    views::{EntriesView, HitView, OpenedView, PlaceView, RowsView, ViewerView},
};

use crate::{
    AppError, FindHit, FindLine, Nothing, OfLayer, OpenEntry, RawBytes, ReadBytes, ReadRows, SearchText, Stage,
};

pub async fn show_viewer(_: &Stage, viewer: &Viewer, _: Nothing) -> Result<ViewerView, AppError> {
    Ok(viewer.view())
}

pub async fn touch_viewer(stage: &Stage, _: &Viewer, _: Nothing) -> Result<(), AppError> {
    stage.desk()?.touch();
    Ok(())
}

pub async fn read_rows(_: &Stage, viewer: &Viewer, asked: ReadRows) -> Result<RowsView, AppError> {
    let ReadRows { layer, place, before, most } = asked;
    Ok(viewer.rows(layer, place, before, most as usize).await?)
}

pub async fn read_bytes(_: &Stage, viewer: &Viewer, asked: ReadBytes) -> Result<RawBytes, AppError> {
    let ReadBytes { layer, place, most } = asked;
    Ok(RawBytes(viewer.bytes(layer, place, most as usize).await?))
}

pub async fn find_line(_: &Stage, viewer: &Viewer, asked: FindLine) -> Result<PlaceView, AppError> {
    Ok(viewer.place_of_line(asked.layer, asked.line).await?)
}

pub async fn search_text(_: &Stage, viewer: &Viewer, asked: SearchText) -> Result<(), AppError> {
    Ok(viewer.search(asked.layer, &asked.words, asked.match_case)?)
}

pub async fn find_hit(_: &Stage, viewer: &Viewer, asked: FindHit) -> Result<HitView, AppError> {
    Ok(viewer.hit(asked.layer, asked.place, asked.backwards)?)
}

pub async fn list_entries(_: &Stage, viewer: &Viewer, OfLayer { layer }: OfLayer) -> Result<EntriesView, AppError> {
    Ok(viewer.entries(layer).await?)
}

pub async fn open_entry(_: &Stage, viewer: &Viewer, asked: OpenEntry) -> Result<OpenedView, AppError> {
    Ok(viewer.open_entry(asked.layer, asked.index).await?)
}

pub async fn leave_entry(_: &Stage, viewer: &Viewer, OfLayer { layer }: OfLayer) -> Result<(), AppError> {
    Ok(viewer.leave(layer)?)
}
