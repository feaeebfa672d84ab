//! `pac cells`: every record and cell as it is read, and what is told beside it.

use std::io::Write;
use std::process::{Command, Output, Stdio};

/// Runs `pac cells` in a folder with the file `input`.
fn cells(input: &[u8], arguments: &[&str]) -> (String, String, i32) {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("input"), input).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_pac"));
    command.current_dir(home.path()).args(["cells", "input"]);
    told(command.args(arguments).output().unwrap())
}

fn told(output: Output) -> (String, String, i32) {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let code = output.status.code().unwrap();
    (text(output.stdout), text(output.stderr), code)
}

fn from_stdin(input: &[u8], arguments: &[&str]) -> (String, String, i32) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_pac"))
        .args(["cells", "-"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    told(child.wait_with_output().unwrap())
}

#[test]
fn a_clean_file_is_printed_and_nothing_is_told() {
    let input = "id;name\n1;\"a, \"\"b\"\"\"\n2; c \n".as_bytes();
    let expected = "id,name\r\n1,\"a, \"\"b\"\"\"\r\n2, c \r\n";
    let clean = (expected.to_owned(), String::new(), 0);
    assert_eq!(cells(input, &[]), clean);
    assert_eq!(from_stdin(input, &[]), clean);
    let wide: Vec<u8> = "id;name\n1;\"a, \"\"b\"\"\"\n2; c \n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(cells(&wide, &[]), clean);
}

#[test]
fn nothing_is_lost_and_everything_is_told() {
    let input =
        b"People\nid,name,note\n1,a\n2,b,c,d\n3,e,f,\n4,\"open,g\n5,\xff\xfe,h\nid,name,note\n\
        6,x\0y,z\nTotal: 6\n";
    let (out, err, code) = cells(input, &["--encoding", "utf-8"]);
    let expected = "id,name,note\r\n1,a,\r\n2,b,c,d\r\n3,e,f\r\n4,\"\"\"open\",g\r\n5,\u{fffd}\u{fffd},h\r\n\
        6,xy,z\r\n";
    assert_eq!(out, expected);
    let notes = [
        "line 1: passed over: 1 line above the header",
        "line 3: unreadable: 2 cells, where the header has 3",
        "line 4: unreadable: 4 cells, where the header has 3",
        "line 5: unreadable: 4 cells, where the header has 3",
        "line 6: unreadable: a quote that nothing closes",
        "line 7: unreadable: bytes that are no text",
        "line 8: passed over: the header again",
        "line 9: taken out: NUL bytes",
        "line 10: passed over: a footer",
    ];
    let expected = notes.map(|note| format!("pac: input: {note}\n"));
    assert_eq!(err, expected.concat());
    assert_eq!(code, 1);
}

#[test]
fn options_prevail() {
    let input = b"x\nid|na'm,e|\n1|'b|c'|\n";
    let (out, _, code) = cells(
        input,
        &["--delimiter", "|", "--quote", "'", "--header-row", "2"],
    );
    assert_eq!(out, "id,\"na'm,e\",\r\n1,b|c,\r\n");
    assert_eq!(code, 1);
    let (out, err, code) = cells(b"1,a\n2,b\n", &["--header-row", "none"]);
    assert_eq!(
        (out.as_str(), err.as_str(), code),
        ("1,a\r\n2,b\r\n", "", 0)
    );
    let (out, _, code) = cells(b"a,b\n1,\"x\\\"y\"\n", &["--escape", "\\"]);
    assert_eq!((out.as_str(), code), ("a,b\r\n1,\"x\"\"y\"\r\n", 0));
    assert_eq!(cells(b"a,b\n", &["--delimiter", "ab"]).2, 2);
    assert_eq!(cells(b"a,b\n", &["--header-row", "3"]).2, 3);
    assert_eq!(cells(b"a,b\n", &["--profile", "none.toml"]).2, 2);
}

#[test]
fn a_profile_says_how_to_read() {
    let home = tempfile::tempdir().unwrap();
    let profile = "[landlord]\nname = \"Example\"\ncode = \"EX\"\n[input]\nfooter = [\"So many\"]\n[fields]\n\
        person_id = \"person\"\nperson_alert_code_id = \"code\"\nstart_date = \"start\"\n";
    std::fs::write(home.path().join("profile.toml"), profile).unwrap();
    let input =
        "all, of, them, and more, of them\nperson,code,start\n1,MED1.01,2024-01-01\nSo many: 1\n";
    std::fs::write(home.path().join("input.csv"), input).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_pac"))
        .current_dir(home.path())
        .args(["cells", "input.csv", "--profile", "profile.toml"])
        .output();
    let (out, err, code) = told(output.unwrap());
    assert_eq!(out, "person,code,start\r\n1,MED1.01,2024-01-01\r\n");
    assert_eq!(err.lines().count(), 2);
    assert_eq!(code, 1);
}

#[test]
fn columns_become_members_with_names_of_their_own() {
    let (out, _, code) = cells(b"id,note,note,\n1,a,b,c\n2,d,e,f,g\n", &["--to", "ndjson"]);
    let expected = "{\"id\":\"1\",\"note\":\"a\",\"note (2)\":\"b\",\"4\":\"c\"}\n\
        {\"id\":\"2\",\"note\":\"d\",\"note (2)\":\"e\",\"4\":\"f\",\"column 5\":\"g\"}\n";
    assert_eq!(out, expected);
    assert_eq!(code, 1);
}

#[test]
fn members_become_columns() {
    let input = b"[{\"a\": 1.50, \"b\": [1, 2]},\n {\"/c\": \"x\", \"a\": null}]";
    let (out, err, code) = cells(input, &[]);
    assert_eq!(out, "a,b,/c\r\n1.50,\"[1, 2]\",\r\n,,x\r\n");
    assert_eq!((err.as_str(), code), ("", 0));
    let (out, _, code) = from_stdin(input, &["--to", "ndjson"]);
    assert_eq!(out, "{\"a\":1.50,\"b\":[1,2]}\n{\"/c\":\"x\",\"a\":null}\n");
    assert_eq!(code, 0);
    let (out, err, code) = from_stdin(input, &[]);
    assert_eq!((out.as_str(), code), ("", 2));
    assert!(err.contains("--to ndjson"));
}

#[test]
fn json_that_is_no_record_is_printed_as_far_as_it_can_be() {
    let (out, err, code) = cells(
        b"[{\"a\":1}, [2], {\"a\":1,\"a\":2}, {\"b\"}]",
        &["--to", "ndjson"],
    );
    let expected = "{\"a\":1}\n[2]\n{\"a\":1,\"a\":2}\n{\"pac_unreadable\":\"{\\\"b\\\"}\"}\n";
    assert_eq!(out, expected);
    assert_eq!(err.lines().count(), 2);
    assert_eq!(code, 1);
}

#[test]
fn a_file_without_content_is_told() {
    for input in [&b""[..], b"\xef\xbb\xbf", b"\n\n", b"  \n\t\r\n "] {
        let (out, err, code) = cells(input, &[]);
        assert_eq!((out.as_str(), code), ("", 1));
        assert_eq!(err, "pac: input: the input holds nothing\n");
    }
    let alone = ("a,b\r\n".to_owned(), String::new(), 0);
    assert_eq!(cells(b"a,b", &[]), alone);
    assert_eq!(cells(b"", &["--to", "ndjson"]).2, 1);
}

#[test]
fn lines_that_lone_quotes_swallow_are_told() {
    let (out, err, code) = cells(b"id,day,note\n1,a,\"dog\n2,b,two dogs\"\n3,c,ok\n", &[]);
    assert_eq!(
        out,
        "id,day,note\r\n1,a,\"dog\n2,b,two dogs\"\r\n3,c,ok\r\n"
    );
    let held = "line 2: read as usual: a quoted cell that holds a line shaped as a record";
    assert_eq!(err, format!("pac: input: {held}\n"));
    assert_eq!(code, 1);
    for harmless in [
        "id,day,note\n1,a,\"dog, cat\nat back\"\n",
        "id,day,note\n1,a,\"2,b,c\"\n\n3,c,ok\n",
        "id,day,note\n1,a,\"2,b,c\nx\"\n",
        "id,day,note\n\"1\n2\",a,b\n",
    ] {
        assert_eq!(cells(harmless.as_bytes(), &[]).1, "", "{harmless}");
    }
}

#[test]
fn members_around_records_are_left_out_of_json_and_told() {
    let home = tempfile::tempdir().unwrap();
    let profile = home.path().join("profile.toml");
    let text = "[landlord]\nname = \"Example\"\ncode = \"EX\"\n[input]\nrecords = \"/*/alerts/*\"\n\
        [fields]\nperson_id = \"../person\"\nperson_alert_code_id = \"code\"\nstart_date = \"day\"\n";
    std::fs::write(&profile, text).unwrap();
    let profile = profile.to_str().unwrap();
    let input = b"[{\"person\":1,\"alerts\":[{\"code\":\"a\",\"day\":2}]}]";
    let (out, err, code) = cells(input, &["--profile", profile, "--to", "ndjson"]);
    assert_eq!(out, "{\"code\":\"a\",\"day\":2}\n");
    assert!(err.contains("left out: members of the objects around records"));
    assert_eq!(code, 1);
    let (out, err, code) = cells(input, &["--profile", profile]);
    assert_eq!(out, "../person,code,day\r\n1,a,2\r\n");
    assert_eq!((err.as_str(), code), ("", 0));
}
