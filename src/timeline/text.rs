//! Lives in words.

use super::Life;

/// Lives as a person reads them, each with a heading and its changes in order.
pub fn text(lives: &[Life]) -> String {
    let mut lines =
        vec!["this shows what is held about people; guard it as you guard the exports".to_owned()];
    for life in lives {
        lines.push(String::new());
        lines.extend(heading(life));
        if life.events.is_empty() {
            lines.push("  no change of it is known".to_owned());
        }
        for event in &life.events {
            let summary = event.summary.as_deref().unwrap_or_default();
            let line = format!(
                "  {}  {:<6}  by {}  {summary}",
                event.time, event.action, event.user
            );
            lines.push(line.trim_end().to_owned());
            let more = [
                ("before", &event.old_value),
                ("after", &event.new_value),
                ("reason", &event.reason),
            ];
            for (what, value) in more {
                lines.extend(value.iter().map(|value| format!("    {what:<6}  {value}")));
            }
        }
        lines.extend(life.vanished_as_of.iter().map(|day| {
            format!("  {day}            not in the export of this day, nor in any since")
        }));
    }
    lines.join("\n") + "\n"
}

fn heading(life: &Life) -> [String; 2] {
    let reference = match &life.source_alert_ref {
        Some(own) => format!("{own} (key {})", life.person_alert_id),
        None => format!("with the key {}", life.person_alert_id),
    };
    let until = match &life.end_date {
        Some(day) => format!(" to {day}"),
        None => String::new(),
    };
    let status = life.alert_status.as_deref().unwrap_or("without a status");
    [
        format!("{}: alert {reference}, {}", life.landlord, life.code),
        format!(
            "  of person {}, from {}{until}, {status}; {}",
            life.person_id, life.start_date, life.source
        ),
    ]
}
