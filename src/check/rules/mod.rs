//! The catalogue: one file a rule. Ids are grouped by subject, as [`SUBJECTS`] lists them, and never used
//! again.

mod active_but_ended;
mod active_missing;
mod active_repeated;
mod age_group_differs;
mod age_progress;
mod age_stale;
mod alert_key_repeated;
mod boolean_unreadable;
mod category_name_known;
mod category_synonym;
mod category_unused;
mod cell_defaulted;
mod changed_before_start;
mod child_endangers;
mod code_by_key;
mod code_category_prefix;
mod code_critical_low_impact;
mod code_date_ambiguous;
mod code_date_repaired;
mod code_is_date;
mod code_known_bad_example;
mod code_list_differs_from_release;
mod code_local_extension;
mod code_missing;
mod code_missing_slot;
mod code_name_too_long;
mod code_pair_unique;
mod code_prefix;
mod code_repairs_impact_enum;
mod code_unresolved;
mod codes_exclusive;
mod codes_improbable;
mod codes_overlap;
mod column_forgotten;
mod comma_stray;
mod confidentiality_missing;
mod confidentiality_too_low;
mod control_measure;
mod date_ambiguous;
mod date_format_undecided;
pub(super) mod date_order_proven;
pub(super) mod date_orders_mixed;
mod date_unreadable;
mod day_chosen;
mod duration_differs;
mod duration_not_positive;
mod duration_type_differs;
mod dv_direction_unstated;
mod end_before_start;
mod end_sentinel;
mod exact_duplicate;
pub(super) mod extra_schema_violated;
mod flag_not_asked;
mod flag_refused;
mod flag_unknown;
mod flag_unreadable;
mod footer_count_differs;
mod footer_passed;
mod header_repeated;
mod history_action_missing;
mod history_alert_deleted;
mod history_alert_missing;
mod history_alert_unknown;
mod history_begins_late;
mod history_deleted_holds;
mod history_fields_broken;
mod history_fields_wrapped;
mod history_goes_on;
mod history_inserted_again;
mod history_key_repeated;
mod history_reason_missing;
mod history_repeated;
mod history_summary_shortened;
mod history_time_back;
mod history_time_future;
mod history_time_missing;
mod history_user_missing;
mod history_values_unfit;
mod hour_ambiguous;
mod household_label;
mod household_not_person;
mod inactive_without_end;
mod informed_unknown;
mod input_blank;
mod input_empty;
mod input_truncated;
mod key_contradictory;
mod key_damaged;
mod key_placeholder;
mod key_short;
mod label_disagrees;
mod label_known_bad_example;
mod label_mojibake;
mod label_negative;
pub(super) mod line_in_cell;
mod list_key_repeated;
mod location_not_person;
mod mark_removed;
mod member_repeated;
mod mojibake_repaired;
mod negative_value;
mod no_date_meant;
mod nul_removed;
mod number_unreadable;
mod organisation_unlisted;
mod organisation_unresolved;
pub(super) mod other_kinds;
mod padding_passed;
mod parent_unknown;
mod part_holds_join;
mod part_unknown;
mod person_key_shared;
mod person_missing;
mod person_unlisted;
mod person_unresolved;
mod preamble_passed;
mod pregnancy_at_age;
mod pregnancy_stale;
pub(super) mod quote_stray;
mod quote_unbalanced;
mod record_above_header;
mod record_cut_off;
mod record_misplaced;
mod record_ragged;
mod record_undecodable;
mod record_unparsable;
mod records_not_found;
mod retention_exceeded;
mod review_before_start;
mod review_missing;
mod review_overdue;
mod review_too_late;
mod safeguarding_in_contractor_view;
pub(super) mod schema_violated;
mod several_keys;
mod source_code_length;
mod source_defaulted;
mod source_missing;
mod source_unmapped_text;
mod special_category_code_known;
mod special_category_contradicts_code;
mod special_category_missing;
mod special_category_public;
mod special_category_safeguarding;
mod special_category_synonym;
mod spreadsheet_error;
mod standard_gap;
mod start_future;
mod start_missing;
mod start_sentinel;
mod start_too_early;
mod status_conflict;
mod status_missing;
mod term_synonym;
mod term_unknown;
mod text_access_code;
mod text_codes_embedded;
mod text_contact_details;
mod text_dob;
mod text_health_in_non_health_code;
mod text_mojibake;
mod text_nhs_number;
mod text_nino;
mod text_offence_data;
mod text_third_party_name;
mod text_truncated;
mod timestamp_unreadable;
mod twin_counts;
mod twin_counts_less;
mod value_contradicted;
mod value_for_review;
mod value_unmapped;
mod waiver_expired;
mod waiver_unused;
mod zeros_lost;
mod zeros_restored;

use super::rule::Rule;

/// A group of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// The word used in every output.
    pub name: &'static str,
    /// What its rules are about, as a heading.
    pub title: &'static str,
    /// The numbers that its ids may have.
    pub first: u16,
    /// The last of these.
    pub last: u16,
}

const fn of(first: u16, last: u16, name: &'static str, title: &'static str) -> Subject {
    Subject {
        name,
        title,
        first,
        last,
    }
}

/// The subjects, in the order of their ids.
pub static SUBJECTS: &[Subject] = &[
    of(1, 99, "reading", "Reading the input"),
    of(101, 199, "keys", "Keys of persons and alerts"),
    of(201, 299, "codes", "Codes"),
    of(301, 399, "sources", "Sources"),
    of(401, 499, "dates", "Dates and life cycle"),
    of(501, 599, "lists", "Numbers, flags and lists"),
    of(601, 699, "privacy", "Privacy"),
    of(701, 729, "dataset", "The dataset as a whole"),
    of(731, 799, "history", "History"),
    of(801, 859, "references", "Reference files"),
    of(861, 899, "code lists", "Code lists"),
    of(901, 999, "schema", "The JSON Schema"),
];

/// The subject of the rule with that id.
pub fn subject(id: &str) -> Option<&'static Subject> {
    let number: u16 = id.strip_prefix("PAC")?.parse().ok()?;
    let holds = |subject: &&Subject| (subject.first..=subject.last).contains(&number);
    SUBJECTS.iter().find(holds)
}

/// All rules, ordered by id. Corrections are applied in this order.
pub static RULES: &[&Rule] = &[
    &record_ragged::RULE,
    &quote_unbalanced::RULE,
    &record_undecodable::RULE,
    &record_unparsable::RULE,
    &member_repeated::RULE,
    &quote_stray::RULE,
    &column_forgotten::RULE,
    &input_empty::RULE,
    &input_truncated::RULE,
    &input_blank::RULE,
    &preamble_passed::RULE,
    &header_repeated::RULE,
    &footer_passed::RULE,
    &footer_count_differs::RULE,
    &record_cut_off::RULE,
    &nul_removed::RULE,
    &mark_removed::RULE,
    &padding_passed::RULE,
    &record_above_header::RULE,
    &record_misplaced::RULE,
    &records_not_found::RULE,
    &parent_unknown::RULE,
    &other_kinds::RULE,
    &comma_stray::RULE,
    &spreadsheet_error::RULE,
    &text_truncated::RULE,
    &text_mojibake::RULE,
    &mojibake_repaired::RULE,
    &line_in_cell::RULE,
    &waiver_expired::RULE,
    &waiver_unused::RULE,
    &person_missing::RULE,
    &key_placeholder::RULE,
    &key_damaged::RULE,
    &person_key_shared::RULE,
    &alert_key_repeated::RULE,
    &key_short::RULE,
    &zeros_restored::RULE,
    &zeros_lost::RULE,
    &several_keys::RULE,
    &part_holds_join::RULE,
    &code_missing::RULE,
    &value_unmapped::RULE,
    &value_for_review::RULE,
    &standard_gap::RULE,
    &code_unresolved::RULE,
    &value_contradicted::RULE,
    &part_unknown::RULE,
    &code_by_key::RULE,
    &code_is_date::RULE,
    &code_date_ambiguous::RULE,
    &code_date_repaired::RULE,
    &label_mojibake::RULE,
    &label_known_bad_example::RULE,
    &code_known_bad_example::RULE,
    &twin_counts::RULE,
    &twin_counts_less::RULE,
    &code_missing_slot::RULE,
    &dv_direction_unstated::RULE,
    &control_measure::RULE,
    &label_disagrees::RULE,
    &label_negative::RULE,
    &negative_value::RULE,
    &location_not_person::RULE,
    &household_label::RULE,
    &household_not_person::RULE,
    &source_missing::RULE,
    &source_defaulted::RULE,
    &source_unmapped_text::RULE,
    &start_missing::RULE,
    &start_sentinel::RULE,
    &start_future::RULE,
    &end_before_start::RULE,
    &end_sentinel::RULE,
    &review_before_start::RULE,
    &status_conflict::RULE,
    &active_missing::RULE,
    &active_but_ended::RULE,
    &status_missing::RULE,
    &date_unreadable::RULE,
    &timestamp_unreadable::RULE,
    &hour_ambiguous::RULE,
    &date_ambiguous::RULE,
    &day_chosen::RULE,
    &no_date_meant::RULE,
    &date_orders_mixed::RULE,
    &date_format_undecided::RULE,
    &date_order_proven::RULE,
    &review_overdue::RULE,
    &review_missing::RULE,
    &duration_differs::RULE,
    &duration_type_differs::RULE,
    &changed_before_start::RULE,
    &retention_exceeded::RULE,
    &inactive_without_end::RULE,
    &pregnancy_stale::RULE,
    &age_stale::RULE,
    &age_progress::RULE,
    &start_too_early::RULE,
    &review_too_late::RULE,
    &duration_not_positive::RULE,
    &number_unreadable::RULE,
    &boolean_unreadable::RULE,
    &term_unknown::RULE,
    &term_synonym::RULE,
    &cell_defaulted::RULE,
    &informed_unknown::RULE,
    &flag_unreadable::RULE,
    &flag_refused::RULE,
    &flag_unknown::RULE,
    &flag_not_asked::RULE,
    &confidentiality_missing::RULE,
    &confidentiality_too_low::RULE,
    &special_category_missing::RULE,
    &text_nhs_number::RULE,
    &text_nino::RULE,
    &text_contact_details::RULE,
    &text_dob::RULE,
    &text_access_code::RULE,
    &text_third_party_name::RULE,
    &text_offence_data::RULE,
    &text_health_in_non_health_code::RULE,
    &text_codes_embedded::RULE,
    &special_category_safeguarding::RULE,
    &special_category_contradicts_code::RULE,
    &special_category_public::RULE,
    &exact_duplicate::RULE,
    &active_repeated::RULE,
    &codes_overlap::RULE,
    &codes_exclusive::RULE,
    &codes_improbable::RULE,
    &age_group_differs::RULE,
    &pregnancy_at_age::RULE,
    &child_endangers::RULE,
    &history_alert_missing::RULE,
    &history_action_missing::RULE,
    &history_user_missing::RULE,
    &history_time_missing::RULE,
    &history_fields_broken::RULE,
    &history_fields_wrapped::RULE,
    &history_summary_shortened::RULE,
    &history_values_unfit::RULE,
    &history_time_future::RULE,
    &history_reason_missing::RULE,
    &history_alert_unknown::RULE,
    &history_key_repeated::RULE,
    &history_repeated::RULE,
    &history_begins_late::RULE,
    &history_inserted_again::RULE,
    &history_goes_on::RULE,
    &history_time_back::RULE,
    &history_deleted_holds::RULE,
    &history_alert_deleted::RULE,
    &person_unresolved::RULE,
    &person_unlisted::RULE,
    &key_contradictory::RULE,
    &organisation_unresolved::RULE,
    &organisation_unlisted::RULE,
    &code_pair_unique::RULE,
    &code_prefix::RULE,
    &code_category_prefix::RULE,
    &code_name_too_long::RULE,
    &code_repairs_impact_enum::RULE,
    &code_critical_low_impact::RULE,
    &code_local_extension::RULE,
    &code_list_differs_from_release::RULE,
    &category_name_known::RULE,
    &category_synonym::RULE,
    &category_unused::RULE,
    &source_code_length::RULE,
    &list_key_repeated::RULE,
    &special_category_code_known::RULE,
    &special_category_synonym::RULE,
    &safeguarding_in_contractor_view::RULE,
    &schema_violated::RULE,
    &extra_schema_violated::RULE,
];

/// The rule with that id or slug, in any case.
pub fn find(name: &str) -> Option<&'static Rule> {
    let name = name.trim();
    let same =
        |rule: &&&Rule| rule.id.eq_ignore_ascii_case(name) || rule.slug.eq_ignore_ascii_case(name);
    RULES.iter().find(same).copied()
}
