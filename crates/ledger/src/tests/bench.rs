use super::{World, build::*};
use custody_core::{held_file::StateName, ports::Ledger as _};
use std::time::Instant;
async fn bench(world: &World) {
    const CASES: u32 = 10_000;
    let t = Instant::now();
    for start in (1..=CASES).step_by(100) {
        let mut all = Vec::new();
        for c in start..start + 100 {
            all.push(opened(c, c));
            for f in 0..10 {
                all.push(arrived(c * 10 + f, c));
                all.push(sealed(c * 10 + f, c));
            }
        }
        world.commit(all).await;
    }
    eprintln!("fill {:?}", t.elapsed());
    // erase most
    let t = Instant::now();
    for start in (1..=CASES - 500).step_by(100) {
        let mut all = Vec::new();
        for c in start..start + 100 {
            for f in 0..10 {
                all.extend(erasing(c * 10 + f, c));
            }
        }
        world.commit(all).await;
        let mut w = Vec::new();
        for c in start..start + 100 {
            w.push(receipt(c, c, (0..10).map(|f| erased(c * 10 + f, c)).collect()));
        }
        world.write(w).await;
        world.commit((start..start + 100).map(|c| case(c, c).forget(at(80))).collect()).await;
    }
    eprintln!("erase 95000 {:?}", t.elapsed());
    macro_rules! time {
        ($name:expr, $e:expr) => {{
            let t = Instant::now();
            let r = $e;
            eprintln!("{} {:?}", $name, t.elapsed());
            r
        }};
    }
    time!("verify", world.ledger.verify().await.unwrap());
    eprintln!("{:?}", world.ledger.head().await.unwrap());
    eprintln!("{}", time!("open_cases", world.ledger.open_cases().await.unwrap()).len());
    eprintln!(
        "{}",
        time!("files_in held", world.ledger.files_in(&[StateName::Held, StateName::Due]).await.unwrap()).len()
    );
    eprintln!("{}", time!("files_in erased", world.ledger.files_in(&[StateName::Erased]).await.unwrap()).len());
    time!("files_of_case", world.ledger.files_of_case(case_id(9_000)).await.unwrap());
    time!("events_of_case", world.ledger.events_of_case(case_id(9_000)).await.unwrap());
    time!("cases page", world.ledger.cases(5000, 50).await.unwrap());
    time!("receipts page", world.ledger.receipts(5000, 50).await.unwrap());
    eprintln!("{}", time!("outbox", world.ledger.outbox(at(50)).await.unwrap()).len());
    eprintln!("{}", time!("all_wraps", world.ledger.all_wraps().await.unwrap()).len());
    let w: Vec<_> = (9501..=10_000u32).flat_map(|c| (0..10).flat_map(move |f| wraps(c * 10 + f, 2))).collect();
    time!("rewrap", world.write(vec![rewrap(2, w)]).await);
    time!("one commit", world.commit(vec![note(1)]).await);
    time!("forget", world.commit(vec![case(9_999, 9_999).forget(at(80))]).await);
    time!("mark", world.ledger.put_mark("a", "b").await.unwrap());
    let mut n = 0;
    let mut f = |_: &str| n += 1;
    time!("dump", world.ledger.dump(crate::Tables::All, &mut f).await.unwrap());
    eprintln!("lines {n}");
    time!("compact", world.ledger.compact().await.unwrap());
}
#[tokio::test]
async fn bench_sqlite() {
    let w = World::on_sqlite().await;
    bench(&w).await;
    let mut c = w.ledger.reader().await.unwrap();
    for q in [
        "SELECT * FROM cases WHERE id IN (SELECT id FROM cases WHERE forgotten_at IS NULL UNION SELECT case_id FROM held_files WHERE state IN ('arriving', 'held', 'due', 'erasing')) ORDER BY entry",
        "SELECT * FROM held_files WHERE state IN ($1, $2, $3, $4, $5, $6, $7) ORDER BY entry",
        "SELECT * FROM outbox JOIN receipts ON receipts.id = outbox.receipt_id WHERE outbox.state = 'waiting' AND outbox.at <= $1 ORDER BY outbox.at, receipts.entry",
        "SELECT * FROM requests WHERE standing = 'unclear' ORDER BY entry",
        "SELECT * FROM requests WHERE case_id = $1 ORDER BY entry",
        "SELECT * FROM confirmations WHERE receipt_id = $1 ORDER BY entry",
        "SELECT * FROM viewing_copies WHERE ended_at IS NULL ORDER BY entry",
        "SELECT * FROM holds WHERE lifted_at IS NULL ORDER BY entry DESC",
        "SELECT * FROM cases ORDER BY entry DESC LIMIT $1 OFFSET $2",
        "SELECT * FROM receipts WHERE case_id = $1 ORDER BY entry",
        "DELETE FROM file_details WHERE file_id IN (SELECT id FROM held_files WHERE case_id = $1)",
        "DELETE FROM receipt_envelopes WHERE receipt_id IN (SELECT id FROM receipts WHERE case_id = $1)",
        "DELETE FROM hold_reasons WHERE hold_id IN (SELECT id FROM holds WHERE scope = 'file' AND scope_id IN (SELECT id FROM held_files WHERE case_id = $1))",
        "DELETE FROM customer_details WHERE customer_id = $1 AND NOT EXISTS (SELECT 1 FROM cases WHERE customer_id = $1 AND forgotten_at IS NULL)",
        "DELETE FROM customers WHERE id = 'x'",
        "DELETE FROM held_files WHERE id = 'x'",
    ] {
        eprintln!("-- {q}");
        for r in sqlx::raw_sql(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {q}"))).fetch_all(&mut *c).await.unwrap()
        {
            eprintln!("     {}", sqlx::Row::get::<String, _>(&r, "detail"));
        }
    }
}
#[tokio::test]
async fn bench_pg() {
    let c = super::postgres::Cluster::start();
    let w = World::on_postgres(&c).await;
    bench(&w).await;
}
