//! The files that belong to the whole output, once every landlord's are written.

use std::path::Path;

use crate::error::Result;
use crate::profile::{Profile, Views};
use crate::report::account::Account;
use crate::report::audience::Audience;
use crate::report::labels::{self, MAPPED_LABELS, MappedLabel};
use crate::report::{Report, datapackage, page, workbook};
use crate::standard::{CONTRACTOR_VIEW, PERSON_ALERT, PERSON_ALERT_HISTORY, Standard, Table};
use crate::suggest::Suggester;
use crate::write::folder::OutputFolder;
use crate::write::layout::Layout;
use crate::write::lookups::write_lookup;

/// A landlord of which something was written.
pub(super) struct Converted {
    pub landlord: String,
    pub layout: Layout,
    pub views: Views,
}

/// Where the files of a landlord go.
pub(super) fn layout(root: &Path, profile: &Profile, is_batch: bool) -> Layout {
    match is_batch {
        true => Layout::partition(root, &profile.code),
        false => Layout::flat(root),
    }
}

/// Writes what belongs to the whole output, and moves it into place.
pub(super) fn finish(
    folder: OutputFolder,
    report: &Report,
    converted: &[Converted],
    labels: &[MappedLabel],
    standard: &Standard,
    show_values: bool,
) -> Result<()> {
    let root = folder.path();
    for table in standard.tables().iter().filter(|table| table.is_lookup) {
        write_lookup(
            &root.join(format!("{}.parquet", table.name)),
            standard,
            &table.name,
        )?;
    }
    let paths = |name: &str| -> Vec<String> {
        let has = |views: &Views| name != CONTRACTOR_VIEW || views.contractor;
        match name {
            PERSON_ALERT | PERSON_ALERT_HISTORY | CONTRACTOR_VIEW => converted
                .iter()
                .filter(|own| has(&own.views))
                .map(|own| own.layout.relative(name, "parquet"))
                .collect(),
            lookup => vec![format!("{lookup}.parquet")],
        }
    };
    let view = match paths(CONTRACTOR_VIEW).is_empty() {
        true => None,
        false => Some(Standard::contractor_view()?),
    };
    let tables: Vec<&Table> = standard.tables().iter().chain(&view).collect();
    datapackage::write(&root.join("datapackage.json"), standard, &tables, |table| {
        paths(&table.name)
    })?;
    report.write(&root.join("report.json"))?;
    labels::write(&root.join(MAPPED_LABELS), labels)?;
    let account = Account::open(root)?;
    let audience = Audience::Owner {
        values: show_values,
    };
    let suggester = show_values.then(|| Suggester::new(standard, &[]));
    let page = root.join("report.html");
    page::write(&page, &account, audience, suggester.as_ref())?;
    workbook::write(&root.join("findings.xlsx"), root, &account, audience)?;
    folder.commit()
}
