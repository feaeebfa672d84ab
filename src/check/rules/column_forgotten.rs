//! `column_forgotten`: a column is neither mapped nor dropped by the profile

use crate::check::rule::{Check, Example, InputFault, Rule};
use crate::finding::Severity;

/// A column is neither mapped nor dropped by the profile.
pub static RULE: Rule = Rule {
    id: "PAC007",
    slug: "column_forgotten",
    severity: Severity::Warning,
    docs: "A column is neither mapped nor dropped by the profile. Its content is in no output, and nobody has said that it may be lost.",
    fix: "map the column under [fields], or name it under [columns] drop",
    message: "the profile neither maps nor drops this column",
    check: Check::Input(InputFault::ForgottenColumn),
    passing: &[
        Example::Text("person_id,person_alert_code_id,start_date\n1,MED1.01,2024-01-01\n"),
        Example::Profiled {
            profile: SECOND_NOTES_DROPPED,
            input: "Ref,Code,Start,Notes,Notes\n1,MED1.01,2024-01-01,a,b\n",
        },
    ],
    failing: &[
        Example::Text(
            "person_id,person_alert_code_id,start_date,colour\n1,MED1.01,2024-01-01,red\n",
        ),
        Example::Profiled {
            profile: SECOND_NOTES_DROPPED,
            input: "Ref,Code,Start,Notes,Notes,Notes\n1,MED1.01,2024-01-01,a,b,c\n",
        },
    ],
    ..Rule::ALERT
};

const SECOND_NOTES_DROPPED: &str = "[fields]\nperson_id = \"Ref\"\nperson_alert_code_id = \"Code\"\nstart_date = \"Start\"\nalert_description = \"Notes (1)\"\n[columns]\ndrop = [\"notes (2)\"]\n";
