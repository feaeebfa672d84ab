//! A panic tells where it happened and nothing of what it was about.

use std::process::Command;

use person_alerts::cli::crash;

const CHILD: &str = "PAC_TEST_CRASH";

/// Run on its own by the test below, since the hook and the exit belong to the whole process.
#[test]
fn child_that_crashes() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let code = crash::guard(|| {
        let on_worker = std::thread::spawn(|| panic!("cell says Mrs Example"));
        assert!(on_worker.join().is_err());
        panic!("cell says Mr Example")
    });
    std::process::exit(code.into());
}

#[test]
fn a_panic_never_tells_its_payload() {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child_that_crashes", "--nocapture"])
        .env(CHILD, "1")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(70));
    let told = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), 2, "{told}");
    for line in lines {
        assert!(line.starts_with("pac: internal error at "), "{line}");
        assert!(line.contains("crash.rs:"), "{line}");
        assert!(
            line.ends_with("; please report this as a bug of pac"),
            "{line}"
        );
    }
    assert!(!String::from_utf8_lossy(&output.stdout).contains("Example"));
}
