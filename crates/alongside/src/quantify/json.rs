//! The JSON face of a run, and the way back from it. Its schema is docs/reference/quantify.schema.json.

use risk::{Sampling, Seed, brief::Brief};
use serde_json::{Value, json};

use super::{Input, Manifest};

/// Writes everything known about a run.
pub fn write(brief: &Brief, manifest: &Manifest) -> String {
    let input =
        |one: &Input| json!({ "file": one.file, "sha256": risk::fingerprint(&one.text), "text": one.text });
    let curve = |curve: &risk::Curve| {
        json!({
            "mean": curve.mean,
            "standard_deviation": curve.sd,
            "chance_of_no_loss": curve.none,
            "once_in_2_years": curve.once_in(2.0),
            "once_in_10_years": curve.once_in(10.0),
            "once_in_20_years": curve.once_in(20.0),
            "once_in_100_years": curve.once_in(100.0),
            "once_in_1000_years": curve.once_in(1000.0),
            "expected_shortfall_95": curve.expected_shortfall(0.95),
        })
    };
    let points: Vec<Value> = brief
        .readings()
        .into_iter()
        .map(|(loss, chance)| {
            let band = brief.band(loss);
            json!({ "loss": loss, "chance_of_more": chance, "simulated": [band.low, band.high] })
        })
        .collect();
    let value = json!({
        "schema": "alongside-quantify-1",
        "title": brief.title,
        "sentence": brief.sentence(),
        "currency": brief.currency,
        "engine": match brief.engine { risk::brief::Engine::Exact => "exact", risk::brief::Engine::Simulated => "simulated" },
        "result": curve(&brief.curve),
        "simulated": curve(&brief.simulated),
        "curve": points,
        "scenarios": brief.parts.iter().map(|part| json!({
            "name": part.name, "events_per_year": part.events, "mean_loss_per_event": part.event_loss, "result": curve(&part.curve),
        })).collect::<Vec<_>>(),
        "forms": brief.forms.iter().map(|(form, mean)| json!({ "form": form.title(), "mean": mean })).collect::<Vec<_>>(),
        "factors": brief.swings.iter().map(|(scenario, swing)| json!({
            "scenario": scenario, "factor": swing.factor, "low": swing.values.0, "high": swing.values.1,
            "mean_if_low": swing.losses.0, "mean_if_high": swing.losses.1,
        })).collect::<Vec<_>>(),
        "changes": brief.comparisons.iter().map(|(scenario, one)| json!({
            "scenario": scenario,
            "name": one.change.name,
            "yearly_cost": one.change.yearly_cost,
            "saving": one.saving,
            "simulation_interval_95": [one.simulation_interval.low, one.simulation_interval.high],
            "long_run_interval_90": [one.long_run.low, one.long_run.high],
            "chance_it_pays": one.chance_it_pays,
            "share_of_years_it_pays": one.years_it_pays,
            "break_even_cost": one.break_even,
            "report_in_time": one.report_in_time.map(|(now, then)| [now, then]),
            "after": curve(&one.after),
        })).collect::<Vec<_>>(),
        "worth_knowing": brief.worths.iter().map(|(scenario, change, worth)| json!({
            "scenario": scenario, "change": change, "factor": worth.factor, "value_per_year": worth.value,
        })).collect::<Vec<_>>(),
        "tolerance": brief.tolerance.iter().map(|(point, chance)| json!({
            "loss": point.loss, "accepted": point.chance, "chance": chance,
        })).collect::<Vec<_>>(),
        "estimates_without_evidence": brief.unknown.iter().map(|(scenario, factor)| json!({
            "scenario": scenario, "factor": factor,
        })).collect::<Vec<_>>(),
        "product_model_once_in_20_years": brief.product_once_in_20,
        "manifest": {
            "program": "alongside",
            "version": env!("CARGO_PKG_VERSION"),
            "seed": manifest.seed.number,
            "sampling": sampling_name(manifest.seed.sampling),
            "years": manifest.years,
            "what_if": manifest.what_if,
            "scenarios": manifest.scenarios.iter().map(input).collect::<Vec<_>>(),
            "together": manifest.together.as_ref().map(input),
        },
    });
    format!("{value:#}\n")
}

fn sampling_name(sampling: Sampling) -> &'static str {
    match sampling {
        Sampling::Random => "random",
        Sampling::Sobol => "sobol",
    }
}

/// Reads the manifest of an earlier run.
pub fn manifest(text: &str) -> Result<Manifest, String> {
    let wrong = |what: &str| {
        format!(
            "error: this is not a run that can be repeated: {what}.\n  hint: give the file that `--format json` wrote; a scenario is given without `--replay`."
        )
    };
    let value: Value = serde_json::from_str(text).map_err(|_| wrong("it is not JSON"))?;
    let manifest = value.get("manifest").ok_or_else(|| wrong("it holds no `manifest`"))?;
    let input = |value: &Value| {
        let part = |key: &str| {
            value
                .get(key)
                .and_then(Value::as_str)
                .map(str::to_owned)
                .ok_or_else(|| wrong(&format!("an input has no `{key}`")))
        };
        let input = Input { file: part("file")?, text: part("text")? };
        if risk::fingerprint(&input.text) == part("sha256")? {
            Ok(input)
        } else {
            Err(wrong(&format!("the text of `{}` was changed after the run", input.file)))
        }
    };
    let number = |key: &str| {
        manifest.get(key).and_then(Value::as_u64).ok_or_else(|| wrong(&format!("`{key}` is missing")))
    };
    let years = super::years(&number("years")?.to_string()).map_err(|problem| wrong(&problem))?;
    // Runs from before there was a choice say nothing of it.
    let named = manifest.get("sampling").map_or(Some("random"), Value::as_str);
    let sampling = [Sampling::Random, Sampling::Sobol]
        .into_iter()
        .find(|one| named == Some(sampling_name(*one)))
        .ok_or_else(|| wrong("`sampling` is neither `random` nor `sobol`"))?;
    let list = |key: &str| manifest.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    Ok(Manifest {
        scenarios: list("scenarios").iter().map(input).collect::<Result<_, _>>()?,
        together: manifest.get("together").filter(|value| !value.is_null()).map(input).transpose()?,
        what_if: list("what_if").iter().filter_map(|value| value.as_str().map(str::to_owned)).collect(),
        years,
        seed: Seed { number: number("seed")?, sampling },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Manifest {
        let text = "name = \"x\"\ncurrency = \"EUR\"\n[frequency]\nloss_events = { range = [1, 3], unit = \"per year\" }\n\
[loss.primary]\nresponse = { range = [10, 90], unit = \"EUR\" }\n";
        Manifest {
            scenarios: vec![Input { file: "x.toml".to_owned(), text: text.to_owned() }],
            together: None,
            what_if: Vec::new(),
            years: 2000,
            seed: Seed { number: 7, sampling: Sampling::Sobol },
        }
    }

    #[test]
    fn a_run_can_be_repeated_from_its_json() {
        let first = write(&super::super::compute(&example()).unwrap(), &example());
        let again = manifest(&first).unwrap();
        assert_eq!(first, write(&super::super::compute(&again).unwrap(), &again));
    }

    #[test]
    fn a_changed_input_is_noticed() {
        let run = write(&super::super::compute(&example()).unwrap(), &example());
        for (changed, word) in [
            (run.replace("[10, 90]", "[10, 91]"), "was changed"),
            ("{}".to_owned(), "manifest"),
            ("x".to_owned(), "can be repeated"),
        ] {
            let message = manifest(&changed).err().unwrap();
            assert!(message.contains(word), "{message}");
        }
    }

    #[test]
    fn every_key_is_in_the_schema() {
        let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reference/quantify.schema.json");
        let Ok(schema) = std::fs::read_to_string(schema) else {
            println!("skipped: no schema beside this source");
            return;
        };
        let schema: Value = serde_json::from_str(&schema).unwrap();
        let run: Value =
            serde_json::from_str(&write(&super::super::compute(&example()).unwrap(), &example())).unwrap();
        let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&run), keys(&schema["properties"]));
        assert_eq!(keys(&run["result"]), keys(&schema["$defs"]["result"]["properties"]));
        assert_eq!(keys(&run["manifest"]), keys(&schema["properties"]["manifest"]["properties"]));
    }
}
