//! A desk that has been in use for a year: 100,000 reports in 20,000 cases, made by copying the few that a real desk
//! has understood. One case in ten is open; a twentieth of the cases were campaigns; one lure reached four hundred people.

use std::time::{SystemTime, UNIX_EPOCH};

use super::Store;

/// Copies what is there until there are this many reports in this many cases. No desk may be running.
pub async fn fill(store: &Store, reports: usize, cases: usize) -> anyhow::Result<()> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_micros();
    let never = i64::MAX;
    let campaigns = (cases / 20).max(1);
    let series = |from: usize, many: usize| {
        format!(
            "with recursive n(n) as (select cast({from} as bigint) union all select n + 1 from n where n < {})",
            from + many - 1
        )
    };
    let id = |mark: &str, number: &str| {
        format!("('0190000{mark}-0000-7000-8000-' || cast(100000000000 + {number} as text))")
    };
    let opened = format!(
        "({now} - 1000000 * (case when n % 10 = 0 then n * 7919 % 1728000 else 86400 + n * 7919 % 31449600 end))"
    );
    store
        .run(&format!(
            "{} insert into cases (id, number, title, state, opened_at, closed_at, outcome, reports, exposed, next_promise_at,
                    waiting_since, changed_at)
                select {}, 1000000 + n, 'Notice ' || n, case when n % 10 = 0 then 'open' else 'closed' end, {opened},
                    case when n % 10 = 0 then null else {opened} + 7200000000 end,
                    case when n % 10 = 0 then null else 'harmful' end, 1, n % 50 = 0,
                    case when n % 10 = 0 then {opened} + 86400000000 else {never} end,
                    case when n % 10 = 0 then {opened} else {never} end, {opened}
                from n",
            series(0, cases),
            id("c", "n"),
        ))
        .await?;
    let of_case = format!(
        "(case when n < {cases} then n when n % 250 = 0 then 70 \
          when n % 2 = 0 then (n * 7919 % {campaigns}) * 20 + (case when n % 20 = 0 then 0 else 1 end) else n * 104729 % {cases} end)"
    );
    store
        .run(&format!(
            "{} insert into report (id, case_id, reporter_id, anonymous, door, kind, told, words, locale, vouched, answerable,
                    raw_key, raw_name, received_at, understood_at, exposed, verdict, subject, sender, evidence, first_word_at,
                    first_human_word_at, last_word_at, answered_at, longest_silence, link_serial)
                select {}, c.id, t.reporter_id, t.anonymous, t.door, t.kind, t.told, t.words, t.locale, t.vouched, t.answerable,
                    t.raw_key, t.raw_name, c.opened_at + n % 3600 * 1000000, c.opened_at + n % 3600 * 1000000 + 400000, c.exposed,
                    t.verdict, t.subject, t.sender, t.evidence, c.opened_at + n % 3600 * 1000000 + 400000,
                    case when c.state = 'open' then null else c.opened_at + n % 3600 * 1000000 + 1800000000 + n % 977 * 1000000 end,
                    c.opened_at + n % 3600 * 1000000 + 400000,
                    case when c.state = 'open' then null else c.opened_at + 7000000000 end, 1800000000, 0
                from n
                join cases c on c.id = {}
                join (select row_number() over (order by id) - 1 as k, count(*) over () as many, r.* from report r) t on t.k = n % t.many",
            series(0, reports),
            id("a", "n"),
            id("c", &of_case),
        ))
        .await?;
    if let Store::Pg(_) = store {
        // Without it the inserts below are planned as if the tables were still empty.
        store.run("analyze").await?;
    }
    let ours = "from report r join cases c on c.id = r.case_id where r.id like '0190000a%'";
    let of = |mark: &str| format!("'0190000{mark}' || substr(r.id, 9)");
    let entry = |mark: &str, source: &str, kind: &str, body: &str, after: u64| {
        format!(
            "insert into entry (id, case_id, report_id, at, source, visibility, kind, body)
                select {}, r.case_id, r.id, r.received_at + {after}, '{source}', 'reporter', '{kind}', {body} {ours}",
            of(mark)
        )
    };
    store.run(&entry("d", "witness", "reported", "r.words", 0)).await?;
    store.run(&entry("e", "system", "read", "r.verdict", 400_000)).await?;
    store
        .run(&format!(
            "insert into letter (id, report_id, case_id, to_person, to_address, kind, locale, subject, body, robot, findings, message_id,
                    made_at, state, sent_at)
                select {}, r.id, r.case_id, r.reporter_id, t.to_address, 'first-word', 'en', t.subject, t.body, t.robot, '',
                    r.id || '@desk.example', r.first_word_at, 'kept', r.first_word_at
                from report r join (select * from letter order by id limit 1) t on 1 = 1 where r.id like '0190000a%'",
            of("f")
        ))
        .await?;
    store
        .run(&format!(
            "insert into promise (id, case_id, report_id, what, by_at, made_at, kept_at)
                select {}, r.case_id, r.id, 'word', r.received_at + 86400000000, r.received_at, r.first_human_word_at {ours}",
            of("b")
        ))
        .await?;
    store
        .run(&format!(
            "insert into job (id, kind, subject, uniq, run_at, made_at, attempts)
                select {}, 'watch-promise', {}, 'watch-promise:' || {}, {now} + 86400000000, {now}, 0 {ours} and c.state = 'open'",
            of("9"),
            of("b"),
            of("b")
        ))
        .await?;
    store
        .run("update cases set reports = (select count(*) from report r where r.case_id = cases.id)")
        .await?;
    if let Store::Pg(_) = store {
        // What PostgreSQL does by itself within minutes, and has long done where reports came over months.
        store.run("vacuum (analyze)").await?;
    }
    Ok(())
}
