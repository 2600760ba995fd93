//! Speed on one core, in CPU time of this process: `cargo bench -p risk --bench speed`.
//!
//! Prints one line per measurement; the shell script beside it (`peers.sh`) runs other tools on the same scenario.

use risk::{Model, Sampling, Seed, Shape, exact, product, scenario::Counts, simulate, table::Table};

fn cpu_seconds() -> f64 {
    // Fields 14 and 15 of /proc/self/stat are user and system time in hundredths of a second; schedstat is finer.
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    text.split_whitespace().next().and_then(|field| field.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1e9
}

/// The middle of seven runs, in CPU-seconds; the clock ticks every few milliseconds, so each run repeats the work.
fn measure<T>(mut work: impl FnMut() -> T) -> f64 {
    let mut times: Vec<f64> = (0..7)
        .map(|_| {
            let (before, mut repeats) = (cpu_seconds(), 0.0);
            loop {
                std::hint::black_box(work());
                repeats += 1.0;
                let spent = cpu_seconds() - before;
                if spent > 0.25 {
                    return spent / repeats;
                }
            }
        })
        .collect();
    stats::median(&mut times).unwrap_or(f64::NAN)
}

fn rates() -> [Shape; 2] {
    [Shape::pert(2.0, 5.0, 20.0, 4.0), Shape::pert(0.05, 0.12, 0.30, 4.0)]
}

fn main() {
    // One thread: the calling one, so that the process's main-thread clock sees all work.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
    if pool.is_err() {
        return;
    }
    let amount = Shape::pert(1e4, 5e4, 5e5, 4.0);
    let years = 1_000_000;
    let [threats, vulnerability] = rates();

    let factors = [threats, vulnerability, amount.clone()];
    let product = product::Product::new("standard", &factors);
    let mut room = vec![0.0; years];
    let time = measure(|| product.fill(&mut room, 1));
    println!("product_million_draws_per_second {:.1}", years as f64 / time / 1e6);

    let model = Model::simple("standard", &rates(), Counts::Poisson, &amount);
    let time = measure(|| simulate::years(&model, years, 1));
    println!("compound_million_years_per_second {:.1}", years as f64 / time / 1e6);

    let even = Seed { number: 1, sampling: Sampling::Sobol };
    let time = measure(|| simulate::years(&model, years, even));
    println!("compound_sobol_million_years_per_second {:.1}", years as f64 / time / 1e6);

    let time = measure(|| {
        let mut together = vec![0.0; years];
        for number in 0..20 {
            let model = Model::simple(&format!("scenario {number}"), &rates(), Counts::Poisson, &amount);
            simulate::add_years(&model, &mut together, 1);
        }
        risk::Curve::from_years(together)
    });
    println!("portfolio_20_scenarios_1e6_years_cpu_ms {:.0}", time * 1e3);

    let time = measure(|| exact::curve(&Model::simple("standard", &rates(), Counts::Poisson, &amount)));
    println!("exact_curve_with_preparation_cpu_ms {:.1}", time * 1e3);
    println!("table_cpu_ms {:.2}", measure(|| Table::new(&amount)) * 1e3);
    println!(
        "model_cpu_ms {:.2}",
        measure(|| Model::simple("standard", &rates(), Counts::Poisson, &amount)) * 1e3
    );
}
