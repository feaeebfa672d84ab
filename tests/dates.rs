//! Dates through the whole program: formats chosen by another column, cells that are no dates, months
//! without a day.

use std::path::PathBuf;
use std::process::{Command, Output};

use parquet::file::reader::{FileReader, SerializedFileReader};
use tempfile::TempDir;

/// A landlord's folder, with a profile of these sections and an input of that name.
struct Export {
    home: TempDir,
    input: PathBuf,
}

impl Export {
    fn new(sections: &str, name: &str, text: &str) -> Export {
        let home = tempfile::tempdir().unwrap();
        let profile = format!("[landlord]\nname = \"Try\"\ncode = \"TRY\"\n{sections}");
        std::fs::write(home.path().join("profile.toml"), profile).unwrap();
        let input = home.path().join(name);
        std::fs::write(&input, text).unwrap();
        Export { home, input }
    }

    fn convert(&self) -> Output {
        Command::new(env!("CARGO_BIN_EXE_pac"))
            .arg("convert")
            .arg(&self.input)
            .arg("--profile")
            .arg(self.home.path().join("profile.toml"))
            .arg("--out")
            .arg(self.home.path().join("out"))
            .args(["--as-of", "2026-11-22", "--quiet", "--fail-on", "never"])
            .output()
            .unwrap()
    }

    /// Start and end of each alert that goes through, by its record.
    fn periods(&self) -> Vec<String> {
        let done = self.convert();
        let told = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(0), "{told}");
        let path = self.home.path().join("out/person_alert.parquet");
        let file = std::fs::File::open(path).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let rows = reader.get_row_iter(None).unwrap().map(|row| {
            let row = row.unwrap();
            let cell = |name: &str| {
                let mut cells = row.get_column_iter();
                let found = cells.find(|(column, _)| *column == name).unwrap();
                found.1.to_string()
            };
            let [record, start, end] = ["source_record", "start_date", "end_date"].map(cell);
            format!("{record}: {start} to {end}")
        });
        rows.collect()
    }

    fn findings(&self) -> String {
        std::fs::read_to_string(self.home.path().join("out/findings.csv")).unwrap()
    }
}

const FIELDS: &str = "[fields]\nperson_id = \"p\"\nperson_alert_code_id = \"c\"\n";

#[test]
fn another_column_chooses_the_formats() {
    let sections = format!(
        "{FIELDS}[fields.start_date]\ncolumn = \"d\"\nformats_by = \"System\"\n\
         formats = {{ A = [\"dd/mm/yyyy\", \"excel\"], B = [\"mm/dd/yyyy\"], \"\" = [\"d.m.yy\"] }}\n"
    );
    let csv = "p,c,d,system\n\
               1,MED1.01,03/04/2024,A\n\
               2,MED1.01,03/04/2024,B\n\
               3,MED1.01,3.4.24,\n\
               4,MED1.01,45383,a\n\
               5,MED1.01,45383,B\n\
               6,MED1.01,03/04/2024,C\n";
    let export = Export::new(&sections, "input.csv", csv);
    let read = [
        "1: 2024-04-03 to null",
        "2: 2024-03-04 to null",
        "3: 2024-04-03 to null",
        "4: 2024-04-01 to null",
    ];
    assert_eq!(export.periods(), read);
    let findings = export.findings();
    assert!(findings.contains("PAC411,date_unreadable,error,rejected,input.csv,5,"));
    assert!(findings.contains("PAC418,date_format_undecided,error,review,input.csv,6,"));
    assert!(!findings.contains("PAC007"), "{findings}");
}

#[test]
fn a_member_beside_the_date_chooses_in_json() {
    let sections = format!(
        "[input]\ndate_formats_by = \"/from/system\"\n\
         date_formats = {{ A = [\"dd/mm/yyyy\"], B = [\"mm/dd/yyyy\"] }}\n\
         {FIELDS}start_date = \"/from/day\"\n"
    );
    let record = |person: u32, system: &str| {
        format!(
            "{{\"p\": {person}, \"c\": \"MED1.01\", \
             \"from\": {{\"day\": \"03/04/2024\", \"system\": \"{system}\"}}}}\n"
        )
    };
    let text = record(1, "A") + &record(2, "B") + &record(3, "C");
    let export = Export::new(&sections, "input.ndjson", &text);
    let read = ["1: 2024-04-03 to null", "2: 2024-03-04 to null"];
    assert_eq!(export.periods(), read);
}

#[test]
fn the_column_that_chooses_must_be_there() {
    let sections = format!(
        "[input]\ndate_formats_by = \"System\"\ndate_formats = {{ A = [\"dd/mm/yyyy\"] }}\n\
         {FIELDS}start_date = \"d\"\nend_date = {{ column = \"e\", optional = true }}\n"
    );
    let export = Export::new(&sections, "input.csv", "p,c,d\n1,MED1.01,03/04/2024\n");
    let done = export.convert();
    assert_eq!(done.status.code(), Some(2));
    let told = String::from_utf8(done.stderr).unwrap();
    let wanted = "there is no column System, which fields.start_date needs";
    assert!(told.contains(wanted), "{told}");
    assert!(!told.contains("end_date"), "{told}");
}

#[test]
fn formats_of_both_orders_cannot_be_chosen() {
    let sections = format!(
        "{FIELDS}[fields.start_date]\ncolumn = \"d\"\nformats_by = \"s\"\n\
         [fields.start_date.formats]\nA = [\"dd/mm/yyyy\", \"mm/dd/yyyy\"]\n\"a \" = [\"d.m.yy\"]\n"
    );
    let export = Export::new(&sections, "input.csv", "p,c,d,s\n");
    let told = String::from_utf8(export.convert().stderr).unwrap();
    let orders = "formats \"A\" has formats of both orders of day and month; give one order";
    assert!(told.contains(orders), "{told}");
    assert!(told.contains("formats \"a \" stands twice"), "{told}");
}

#[test]
fn what_stands_for_no_date_is_empty_and_takes_a_default() {
    let sections = format!(
        "[input]\ndate_formats = [\"dd/mm/yyyy\", \"mmm yyyy\"]\nno_dates = [\"31/12/2099\", \"never\"]\n\
         {FIELDS}start_date = {{ column = \"d\", default = \"Feb 2024\", null_values = [\"?\"] }}\n\
         end_date = \"e\"\n"
    );
    let csv = "p,c,d,e\n\
               1,MED1.01,31/12/2099,NEVER\n\
               2,MED1.01,?,2099-12-31\n\
               3,MED1.01,01/03/2024,Feb 2028\n";
    let export = Export::new(&sections, "input.csv", csv);
    let read = [
        "1: 2024-02-01 to null",
        "2: 2024-02-01 to null",
        "3: 2024-03-01 to 2028-02-29",
    ];
    assert_eq!(export.periods(), read);
    let findings = export.findings();
    let count = |rule: &str| findings.matches(rule).count();
    assert_eq!(count("PAC416,"), 3, "{findings}");
    assert_eq!(count("PAC506,"), 2, "{findings}");
    assert_eq!(count("PAC415,"), 3, "{findings}");
    assert_eq!(count("PAC405,"), 0, "{findings}");
}
