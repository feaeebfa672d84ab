//! Every folder of `fixtures/` converts to what lies in its `expected/`, byte for byte, whatever the
//! number of threads. `UPDATE=1 cargo test --test golden` rewrites the expectations: read them before
//! they are committed.

mod case;
mod output;

use case::Case;

/// A folder that lost its profile would drop out of the tests unseen.
const LEAST_CASES: usize = 9;

#[test]
fn fixtures_convert_as_expected() {
    let cases = Case::all();
    assert!(cases.len() >= LEAST_CASES, "{} fixtures", cases.len());
    let update = std::env::var_os("UPDATE").is_some_and(|value| value == "1");
    let mut problems = Vec::new();
    for case in &cases {
        let one = case.convert(1);
        let eight = case.convert(8);
        for name in output::differences(&one.files, &eight.files) {
            problems.push(format!("{}: {name} depends on --threads", case.name));
        }
        if one.told != eight.told {
            problems.push(format!("{}: stderr depends on --threads", case.name));
        }
        let got = output::reviewable(case, &one);
        if update {
            output::write(&case.expected(), &got);
        }
        for problem in output::compare(&case.expected(), &got) {
            problems.push(format!("{}/expected/{problem}", case.name));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
