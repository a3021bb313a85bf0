//! Japanese.

use jiff::civil::Date;

use super::{Words, day_of, grouped};
use crate::{
    location::{Location, LocationState},
    retention::Reason,
};

pub(super) struct Japanese;

impl Words for Japanese {
    fn tag(&self) -> &'static str {
        "ja"
    }

    fn title(&self) -> &'static str {
        "ファイル消去の証明書"
    }

    fn subject(&self, token: &str, follows: bool) -> String {
        if follows {
            format!("消去の証明書が完成しました [{token}]")
        } else {
            format!("お預かりしたファイルを消去しました [{token}]")
        }
    }

    fn greeting(&self, name: &str) -> String {
        format!("{name} 様")
    }

    fn what_happened(&self, files: usize, reason: Reason) -> String {
        let why = match reason {
            Reason::TicketClosed => "サポートのお問い合わせが終了したため",
            Reason::CustomerAsked { .. } => "ご依頼をいただいたため",
            Reason::PeriodEnded => "お約束の保管期間が終了したため",
            Reason::StaffDecided { .. } => "必要がなくなったため",
        };
        format!(
            "{why}、お預かりしたファイル{files}件を消去しました。まず鍵を破棄し、次に暗号化されたファイルと、当方で作成したすべての複製を消去しました。\
             その後、すべての場所をもう一度調べた結果は次のとおりです。"
        )
    }

    fn what_followed(&self) -> &'static str {
        "ファイルの消去についてご連絡した時点では、完了していない場所が一つ残っていました。その場所も完了しました。各場所を調べた結果は次のとおりです。"
    }

    fn bytes(&self, size: u64) -> String {
        format!("{}バイト", grouped(size, ","))
    }

    fn day(&self, date: Date) -> String {
        format!("{}年{}月{}日", date.year(), date.month(), date.day())
    }

    fn place_column(&self) -> &'static str {
        "場所"
    }

    fn found_column(&self) -> &'static str {
        "結果"
    }

    fn place(&self, location: &Location) -> &'static str {
        match location {
            Location::SealedFile => "当方の暗号化ファイル",
            Location::KeyWrap { .. } => "ファイルを開くための鍵",
            Location::ViewingCopy { .. } => "担当者の作業用の複製",
            Location::ForumCopy => "フォーラム自体にある複製",
            Location::Backup { .. } => "別のディスクにあるバックアップ",
            Location::DropFolder => "受け渡し用フォルダーに保存されたファイル",
        }
    }

    fn found(&self, state: LocationState) -> String {
        match state {
            LocationState::Present => "残っています".to_owned(),
            LocationState::ErasedVerified => "消去し、再確認しました".to_owned(),
            LocationState::KeyDestroyed => "破棄し、再確認しました".to_owned(),
            LocationState::ExpiresOn { date } => format!("遅くとも{}までに自動的に消えます", self.day(day_of(date))),
            LocationState::RequestedNotConfirmed => "削除を依頼中で、まだ確認できていません".to_owned(),
            LocationState::Held => "明示された理由により保管しています".to_owned(),
            LocationState::NotOurs => "残っています（当方では削除できません）".to_owned(),
            LocationState::Failed => "消去できませんでした".to_owned(),
            LocationState::Unknown => "調べることができませんでした".to_owned(),
        }
    }

    fn complete(&self) -> &'static str {
        "これで、当方が把握しているすべての場所の処理が完了しました。"
    }

    fn partial(&self) -> &'static str {
        "まだ完了していない場所があります。引き続き調べ、最後の場所が完了した時点で二通目の証明書をお送りします。"
    }

    fn line(&self, place: &str, found: &str) -> String {
        format!("{place}：{found}")
    }

    fn how_to_check(&self, attached: bool) -> String {
        let how = if attached { "を添付しました" } else { "は下にあります" };
        format!("署名付きの証明書{how}。`custody receipt verify`、または openssl と当方の公開鍵で検証できます。")
    }

    fn how_to_answer(&self) -> &'static str {
        "このメッセージに、次のいずれかの一行でご返信ください。"
    }

    fn to_confirm(&self) -> (&'static str, &'static str) {
        ("確認しました", "内容をご承知いただいたものとして、手続きを終えます")
    }

    fn to_dispute(&self) -> (&'static str, &'static str) {
        ("まだ見えます", "何かが残っている、または誤りがあるものとして、担当者が調べます")
    }

    fn to_remove(&self) -> (&'static str, &'static str) {
        ("ファイルを削除してください", "ほかにお預かりしているものもすべて消去します")
    }

    fn choice(&self, phrase: &str, meaning: &str) -> String {
        format!("「{phrase}」：{meaning}")
    }

    fn number(&self, token: &str) -> String {
        format!("証明書の番号は {token} です。")
    }

    fn waited_for_hold(&self, asked: Date, lifted: Date) -> String {
        format!(
            "{}にいただいたご依頼は、保留（記録された保管理由）のためお待ちいただいておりました。保留は{}に解除されました。",
            self.day(asked),
            self.day(lifted)
        )
    }

    fn kept_title(&self) -> &'static str {
        "ご依頼は保留の解除を待っています"
    }

    fn kept_subject(&self, token: &str) -> String {
        format!("ご依頼を受け付けました。ファイルは保留のため当面お預かりします [{token}]")
    }

    fn kept_received(&self, day: Date) -> String {
        format!("{}にいただいたファイル消去のご依頼を受け付け、記録しました。", self.day(day))
    }

    fn kept_why(&self, files: usize) -> String {
        format!(
            "ただし、ファイル{files}件は保留のため、まだ消去しておりません。当方の担当者が、法令や契約上の義務など、引き続き保管しなければならない理由を\
             記名のうえ記録しており、これは消去より優先されます。次のファイルは、これまでどおり暗号化して当面お預かりします。"
        )
    }

    fn kept_next(&self, files: usize) -> String {
        let all = if files == 1 { "このファイル" } else { "これらのファイル" };
        format!(
            "保留が解除されると、{all}は、あらためてご連絡いただかなくても消去され、署名付きの証明書をお送りします。\
             ここに記載のないファイルには、この保留による変更はありません。"
        )
    }

    fn kept_ask(&self) -> &'static str {
        "保留についてのお問い合わせ、または異議のお申し立ては、次の窓口までお願いいたします。"
    }

    fn kept_number(&self, token: &str) -> String {
        format!("ご依頼の番号は {token} です。")
    }

    fn receipt_below(&self, payload_type: &str) -> String {
        format!("署名付きの証明書 ({payload_type})：")
    }
}
