//! The hands that move the practice world. On a desk of one's own there are none, and each is refused.

use custody_core::SignedDuration;

use crate::{AppError, MoveClock, OfCase, OfReceipt, Stage};

pub async fn practice_post(stage: &Stage, OfCase { case }: OfCase) -> Result<(), AppError> {
    Ok(stage.practice()?.customer_posts(case).await?)
}

pub async fn practice_ask(stage: &Stage, OfCase { case }: OfCase) -> Result<(), AppError> {
    Ok(stage.practice()?.customer_asks(case).await?)
}

pub async fn practice_confirm(stage: &Stage, OfReceipt { receipt }: OfReceipt) -> Result<(), AppError> {
    Ok(stage.practice()?.customer_confirms(receipt).await?)
}

pub async fn practice_dispute(stage: &Stage, OfReceipt { receipt }: OfReceipt) -> Result<(), AppError> {
    Ok(stage.practice()?.customer_disputes(receipt).await?)
}

pub async fn practice_close(stage: &Stage, OfCase { case }: OfCase) -> Result<(), AppError> {
    Ok(stage.practice()?.close_ticket(case).await?)
}

pub async fn practice_move_clock(stage: &Stage, MoveClock { days }: MoveClock) -> Result<(), AppError> {
    stage.practice()?.move_clock(SignedDuration::from_hours(24 * i64::from(days.count())));
    Ok(())
}
