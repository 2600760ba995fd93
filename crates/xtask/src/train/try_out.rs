//! experiments
use super::{corpus, data, fit, measure, recipe, Problem};
use std::time::Instant;

fn at_least_one(chosen: &mut [u64], margins: &[Vec<f32>]) {
    for (c, m) in chosen.iter_mut().zip(margins) {
        if *c == 0 {
            let best = m.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |x| x.0);
            *c = 1 << best;
        }
    }
}
fn nested1(scores: &[Vec<f32>], bits: &[u64], folds: &[usize], labels: usize) -> f64 {
    let mut chosen = vec![0_u64; bits.len()];
    let mut margins = vec![vec![0.0_f32; labels]; bits.len()];
    for f in 0..5 {
        for l in 0..labels {
            let rest: Vec<usize> = (0..bits.len()).filter(|i| folds[*i] != f).collect();
            let sc: Vec<f32> = rest.iter().map(|i| scores[*i][l]).collect();
            let tr: Vec<bool> = rest.iter().map(|i| bits[*i] >> l & 1 == 1).collect();
            let cut = measure::best_cut(&sc, &tr);
            for i in 0..bits.len() { if folds[i] == f { margins[i][l] = scores[i][l] - cut; if scores[i][l] >= cut { chosen[i] |= 1 << l; } } }
        }
    }
    at_least_one(&mut chosen, &margins);
    measure::macro_f1(labels, &chosen, bits)
}
fn nested(scores: &[Vec<f32>], bits: &[u64], folds: &[usize], labels: usize) -> f64 {
    let mut chosen = vec![0_u64; bits.len()];
    for f in 0..5 {
        for l in 0..labels {
            let rest: Vec<usize> = (0..bits.len()).filter(|i| folds[*i] != f).collect();
            let sc: Vec<f32> = rest.iter().map(|i| scores[*i][l]).collect();
            let tr: Vec<bool> = rest.iter().map(|i| bits[*i] >> l & 1 == 1).collect();
            let cut = measure::best_cut(&sc, &tr);
            for i in 0..bits.len() { if folds[i] == f && scores[i][l] >= cut { chosen[i] |= 1 << l; } }
        }
    }
    measure::macro_f1(labels, &chosen, bits)
}
fn dev(cv: &[Vec<f32>], bits: &[u64], d: &[Vec<f32>], truth: &[u64], labels: usize) -> f64 {
    let mut chosen = vec![0_u64; d.len()];
    for l in 0..labels {
        let sc: Vec<f32> = cv.iter().map(|r| r[l]).collect();
        let tr: Vec<bool> = bits.iter().map(|b| b >> l & 1 == 1).collect();
        let cut = measure::best_cut(&sc, &tr);
        for (c, r) in chosen.iter_mut().zip(d) { if r[l] >= cut { *c |= 1 << l; } }
    }
    measure::macro_f1(labels, &chosen, truth)
}
pub const EKMAN: [u64; 7] = [
    1<<2|1<<3|1<<10, 1<<11, 1<<14|1<<19, 1<<17|1<<1|1<<4|1<<13|1<<15|1<<18|1<<20|1<<23|1<<21|1<<0|1<<8|1<<5,
    1<<25|1<<9|1<<12|1<<16|1<<24, 1<<26|1<<22|1<<6|1<<7, 1<<27];
pub const GROUP: [u64; 4] = [1<<1|1<<13|1<<17|1<<18|1<<8|1<<20|1<<5|1<<21|1<<0|1<<15|1<<23|1<<4,
  1<<14|1<<19|1<<24|1<<12|1<<9|1<<25|1<<16|1<<11|1<<2|1<<3|1<<10, 1<<22|1<<26|1<<7|1<<6, 1<<27];
fn group(bits: u64, masks: &[u64]) -> u64 { masks.iter().enumerate().map(|(i, m)| u64::from(bits & m != 0) << i).sum() }
fn noisy(scores: &[Vec<f32>], masks: &[u64]) -> Vec<Vec<f32>> {
    scores.iter().map(|r| masks.iter().map(|m| {
        let mut none = 1.0_f64;
        for l in 0..28 { if m >> l & 1 == 1 { none *= 1.0 - super::numbers::logistic(f64::from(r[l])); } }
        (1.0 - none) as f32
    }).collect()).collect()
}
pub fn run(args: &[String]) -> Result<(), Problem> {
    let num = |name: &str, default: f64| {
        args.iter().find_map(|arg| arg.strip_prefix(name)).and_then(|v| v.parse().ok()).unwrap_or(default)
    };
    let t = Instant::now();
    let r = recipe::Recipe { fewest: num("df=", 2.0) as u32, rows: num("rows=", 20000.0) as usize, fit: fit::Settings { cost: num("c=", 4.0) as f32, positive: num("p=", 1.0) as f32, passes: num("n=", 10.0) as usize, seed: 1 } };
    if args.iter().any(|a| a == "politeness") {
        for domain in ["wikipedia", "stack-exchange"] {
            let all = data::politeness(domain)?;
            let mut s: Vec<f64> = all.iter().map(|x| x.1).collect();
            s.sort_by(f64::total_cmp);
            let (lo, hi) = (s[s.len() / 4], s[s.len() * 3 / 4]);
            let texts: Vec<_> = all.iter().filter(|x| x.1 <= lo || x.1 >= hi).collect();
            let bits: Vec<u64> = texts.iter().map(|x| u64::from(x.1 >= hi)).collect();
            let counted = corpus::count(texts.iter().map(|x| x.0.as_str()));
            let targets = fit::Targets::from_bits(1, bits.iter().copied());
            let folds = recipe::folds(&(0..bits.len()).collect::<Vec<_>>(), 10, 7);
            let cv = recipe::held_out(&counted, &targets, r, &folds);
            let right = cv.iter().zip(&bits).filter(|(s, b)| (s[0] > 0.0) == (**b == 1)).count();
            println!("{domain} {} accuracy {:.4}", bits.len(), right as f64 / bits.len() as f64);
        }
        return Ok(());
    }
    if args.iter().any(|a| a == "brighter") {
        let train = data::brighter("train")?;
        let dv = data::brighter("dev")?;
        let counted = corpus::count(train.iter().map(|e| e.text.as_str()));
        let cdev = corpus::count(dv.iter().map(|e| e.text.as_str()));
        let bits: Vec<u64> = train.iter().map(|e| e.labels).collect();
        let truth: Vec<u64> = dv.iter().map(|e| e.labels).collect();
        let folds = recipe::folds(&(0..bits.len()).collect::<Vec<_>>(), 5, 7);
        let targets = fit::Targets::from_bits(5, bits.iter().copied());
        let cv = recipe::held_out(&counted, &targets, r, &folds);
        let (v, m) = recipe::small(&counted, &targets, r);
        let d = m.scores(&v.rows(&cdev));
        println!("brighter cv {:.4} dev {:.4}", nested(&cv, &bits, &folds, 5), dev(&cv, &bits, &d, &truth, 5));
        // with more data
        let ge = data::goemotions("train")?; let xed = data::xed()?;
        for w in [0.1_f32, 0.3, 1.0] {
            let mut texts: Vec<&str> = train.iter().map(|e| e.text.as_str()).collect();
            let mut t2 = fit::Targets { labels: 5, signs: targets.signs.clone(), weights: targets.weights.clone() };
            let ge_masks = [1<<2|1<<3|1<<10_u64, 1<<14|1<<19, 1<<17|1<<1|1<<13|1<<18|1<<20, 1<<25|1<<9|1<<16|1<<24, 1<<26|1<<22];
            for e in &ge { texts.push(&e.text); for m in ge_masks { t2.signs.push(if e.labels & m != 0 { 1 } else { -1 }); } t2.weights.push(w); }
            let xed_masks = [1_u64, 1 << 3, 1 << 4, 1 << 5, 1 << 6];
            for e in &xed { texts.push(&e.text); for m in xed_masks { t2.signs.push(if e.labels & m != 0 { 1 } else { -1 }); } t2.weights.push(w); }
            let c2 = corpus::count(texts.iter().copied());
            let mut cv = vec![Vec::new(); bits.len()];
            for f in 0..5 {
                let rest: Vec<usize> = (0..texts.len()).filter(|i| *i >= bits.len() || folds[*i] != f).collect();
                let held: Vec<usize> = (0..bits.len()).filter(|i| folds[*i] == f).collect();
                let (v, m) = recipe::small(&c2.select(&rest), &t2.select(&rest), r);
                for (i, s) in held.iter().zip(m.scores(&v.rows(&c2.select(&held)))) { cv[*i] = s; }
            }
            let (v, m) = recipe::small(&c2, &t2, r);
            let d = m.scores(&v.rows(&cdev));
            println!("more {w} cv {:.4} dev {:.4}", nested(&cv, &bits, &folds, 5), dev(&cv, &bits, &d, &truth, 5));
        }
        return Ok(());
    }
    if args.iter().any(|a| a == "principles") {
        let all = data::principles()?;
        let texts: Vec<String> = all.iter().map(|e| e.text.clone()).collect();
        let groups = super::groups::near_duplicates(&texts);
        let mut g = groups.clone(); g.sort_unstable(); g.dedup();
        let bits: Vec<u64> = all.iter().map(|e| e.labels).collect();
        let augmented: Vec<String> = texts.iter().map(|t| if args.iter().any(|a| a == "plain") { t.clone() } else { text::model::with_concepts(t) }).collect();
        let counted = corpus::count(augmented.iter().map(String::as_str));
        let targets = fit::Targets::from_bits(5, bits.iter().copied());
        let folds = recipe::folds(&groups, 5, num("s=", 7.0) as u64);
        let cv = recipe::held_out(&counted, &targets, r, &folds);
        let dense = |with: bool| { let mut out = fit::Sparse { starts: vec![0], width: 12, ..Default::default() };
            for (i, t) in augmented.iter().enumerate() {
                for (j, n) in ["qqloss","qqdanger","qqhaste","qqelse","qqgain","qqothers","qqnear","qqgive"].iter().enumerate() { let c = t.matches(n).count(); if c > 0 { out.columns.push(j as u32); out.values.push([0.0, 0.7, 1.0, 1.2][c.min(3)]); } }
                out.columns.push(8); out.values.push((t.len() as f32 / 500.0).min(2.0));
                if t.to_lowercase().contains("click") { out.columns.push(9); out.values.push(1.0); }
                if with { out.columns.push(10); out.values.push(cv[i][num("l=", 1.0) as usize]); }
                out.starts.push(out.columns.len()); } out };
        for with in [false, true] { let d = dense(with); let mut held = vec![Vec::new(); bits.len()];
            for f in 0..5 { let (h, rest): (Vec<usize>, Vec<usize>) = (0..bits.len()).partition(|i| folds[*i] == f);
                let m2 = fit::fit(&d.select(&rest), &targets.select(&rest), fit::Settings { cost: 1.0, positive: 1.0, passes: 60, seed: 2 });
                for (i, s) in h.iter().zip(m2.scores(&d.select(&h))) { held[*i] = s; } }
            let l = num("l=", 1.0) as usize;
            let one: Vec<Vec<f32>> = held.iter().map(|r| vec![r[l]]).collect(); let b: Vec<u64> = bits.iter().map(|b| b >> l & 1).collect();
            println!("dense with ngrams {with}: label {l} f1 {:.3} auc {:.3}", nested(&one, &b, &folds, 1), measure::auc(&held.iter().map(|r| r[l]).collect::<Vec<_>>(), &b.iter().map(|b| *b == 1).collect::<Vec<_>>())); }
        println!("{} texts {} groups: nested macro {:.4}", texts.len(), g.len(), nested(&cv, &bits, &folds, 5));
        for l in 0..5 {
            let one: Vec<Vec<f32>> = cv.iter().map(|r| vec![r[l]]).collect();
            let b: Vec<u64> = bits.iter().map(|b| b >> l & 1).collect();
            let sc: Vec<f32> = cv.iter().map(|r| r[l]).collect();
            let tr: Vec<bool> = b.iter().map(|b| *b == 1).collect();
            println!("  {l} n={} f1 {:.3} auc {:.3}", b.iter().sum::<u64>(), nested(&one, &b, &folds, 1), measure::auc(&sc, &tr));
        }
        return Ok(());
    }
    let train = data::goemotions("train")?;
    let devset = data::goemotions("dev")?;
    let counted = corpus::count(train.iter().map(|e| e.text.as_str()));
    let counted_dev = corpus::count(devset.iter().map(|e| e.text.as_str()));
    let bits: Vec<u64> = train.iter().map(|e| e.labels).collect();
    let truth: Vec<u64> = devset.iter().map(|e| e.labels).collect();
    let r = recipe::Recipe { fewest: num("df=", 2.0) as u32, rows: num("rows=", 20000.0) as usize, fit: fit::Settings { cost: num("c=", 4.0) as f32, positive: num("p=", 1.0) as f32, passes: num("n=", 10.0) as usize, seed: 1 } };
    if args.iter().any(|a| a == "groups") {
        let folds: Vec<usize> = recipe::folds(&(0..bits.len()).collect::<Vec<_>>(), 5, 7);
        let r28 = recipe::Recipe { rows: 14000, fit: fit::Settings { cost: 2.0, ..r.fit }, ..r };
        let t28 = fit::Targets::from_bits(28, bits.iter().copied());
        let cv28 = recipe::held_out(&counted, &t28, r28, &folds);
        let (v28, m28) = recipe::small(&counted, &t28, r28);
        let d28 = m28.scores(&v28.rows(&counted_dev));
        for (name, masks) in [("ekman", &EKMAN[..]), ("group", &GROUP[..])] {
            let gb: Vec<u64> = bits.iter().map(|b| group(*b, masks)).collect();
            let gt: Vec<u64> = truth.iter().map(|b| group(*b, masks)).collect();
            let targets = fit::Targets::from_bits(masks.len(), gb.iter().copied());
            let (nc, nd) = (noisy(&cv28, masks), noisy(&d28, masks));
            for rows in [14000, 30000, 60000] { for c in [0.7_f32, 1.5] {
                let r = recipe::Recipe { rows, fit: fit::Settings { cost: c, ..r.fit }, ..r };
                let cv = recipe::held_out(&counted, &targets, r, &folds);
                let (v, m) = recipe::small(&counted, &targets, r);
                let d = m.scores(&v.rows(&counted_dev));
                let mix = |a: &[Vec<f32>], b: &[Vec<f32>]| a.iter().zip(b).map(|(x, y)| x.iter().zip(y).map(|(p, q)| { let p = p.clamp(1e-4, 0.9999); (p / (1.0 - p)).ln() + q }).collect()).collect::<Vec<Vec<f32>>>();
                let (mc, md) = (mix(&nc, &cv), mix(&nd, &d));
                println!("{name} {rows} {c}: direct cv {:.4} dev {:.4} mix cv {:.4} one {:.4} dev {:.4}", nested(&cv, &gb, &folds, masks.len()), dev(&cv, &gb, &d, &gt, masks.len()), nested(&mc, &gb, &folds, masks.len()), nested1(&mc, &gb, &folds, masks.len()), dev(&mc, &gb, &md, &gt, masks.len()));
            } }
        }
        return Ok(());
    }
    let joint = args.iter().any(|a| a == "joint");
    let all = |b: u64| if joint { b | group(b, &EKMAN) << 28 | group(b, &GROUP) << 35 } else { b };
    let width = if joint { 39 } else { 28 };
    let targets = fit::Targets::from_bits(width, bits.iter().map(|b| all(*b)));
    let folds: Vec<usize> = recipe::folds(&(0..bits.len()).collect::<Vec<_>>(), 5, 7);
    let cv = recipe::held_out(&counted, &targets, r, &folds);
    let (v, m) = recipe::small(&counted, &targets, r);
    let d = m.scores(&v.rows(&counted_dev));
    let cut28 = |s: &[Vec<f32>]| s.iter().map(|r| r[..28].to_vec()).collect::<Vec<_>>();
    println!("28 one: cv {:.4}", nested1(&cut28(&cv), &bits, &folds, 28));
    println!("28: cv {:.4} dev {:.4}", nested(&cut28(&cv), &bits, &folds, 28), dev(&cut28(&cv), &bits, &cut28(&d), &truth, 28));
    for (name, masks, at) in [("ekman", &EKMAN[..], 28), ("group", &GROUP[..], 35)] {
        let gb: Vec<u64> = bits.iter().map(|b| group(*b, masks)).collect();
        let gt: Vec<u64> = truth.iter().map(|b| group(*b, masks)).collect();
        let (nc, nd) = (noisy(&cv, masks), noisy(&d, masks));
        println!("{name} noisy: cv {:.4} dev {:.4}", nested(&nc, &gb, &folds, masks.len()), dev(&nc, &gb, &nd, &gt, masks.len()));
        println!("{name} noisy one: cv {:.4}", nested1(&nc, &gb, &folds, masks.len()));
        if joint {
            let take = |s: &[Vec<f32>]| s.iter().map(|r| r[at..at + masks.len()].to_vec()).collect::<Vec<_>>();
            println!("{name} direct: cv {:.4} dev {:.4}", nested(&take(&cv), &gb, &folds, masks.len()), dev(&take(&cv), &gb, &take(&d), &gt, masks.len()));
        }
    }
    if args.iter().any(|a| a == "stack") {
        // second level: logits + log-softmax
        let sparse = |s: &[Vec<f32>]| {
            let mut out = fit::Sparse { starts: vec![0], width: 56, ..Default::default() };
            for r in s {
                let r = &r[..28];
                let z = r.iter().map(|x| f64::from(*x).exp()).sum::<f64>().ln() as f32;
                for (j, x) in r.iter().enumerate() { out.columns.push(j as u32); out.values.push(*x / 4.0); out.columns.push(28 + j as u32); out.values.push((super::numbers::logistic(f64::from(*x))) as f32 * 2.0); let _ = z; }
                out.starts.push(out.columns.len());
            }
            out
        };
        let (sc, sd) = (sparse(&cv), sparse(&d));
        let st = fit::Targets::from_bits(28, bits.iter().copied());
        for cost in [0.01_f32, 0.1, 1.0] {
            let s2 = fit::Settings { cost, positive: 1.0, passes: 20, seed: 3 };
            let mut second = vec![Vec::new(); bits.len()];
            for f in 0..5 {
                let (h, rest): (Vec<usize>, Vec<usize>) = (0..bits.len()).partition(|i| folds[*i] == f);
                let m2 = fit::fit(&sc.select(&rest), &st.select(&rest), s2);
                for (i, s) in h.iter().zip(m2.scores(&sc.select(&h))) { second[*i] = s; }
            }
            let m2 = fit::fit(&sc, &st, s2);
            let d2 = m2.scores(&sd);
            println!("stack {cost}: cv {:.4} dev {:.4}", nested(&second, &bits, &folds, 28), dev(&second, &bits, &d2, &truth, 28));
        }
    }
    println!("{:?}", t.elapsed());
    Ok(())
}
