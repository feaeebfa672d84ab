//! Which tables an input holds: one, the sheets of a workbook, or the places of objects in JSON.

use crate::dialect::record_path::RecordPath;
use crate::dialect::{DialectWish, HeaderWish, SheetWish};
use crate::error::{Error, Result};
use crate::read::{InputPlace, object_places, sheets};

/// A table that an input holds.
pub(super) struct TablePlace {
    /// How it is read.
    pub wish: DialectWish,
    /// Its columns, where the input is JSON.
    pub members: Vec<String>,
    /// Name of the sheet, where the input is a workbook with several.
    pub sheet: Option<String>,
    /// Members of its objects that hold arrays of further objects.
    pub arrays: Vec<String>,
}

/// The tables of an input, in their order.
///
/// # Errors
/// The input cannot be opened or read, or is standard input, which can be read but once.
pub(super) fn tables(place: &InputPlace, name: &str) -> Result<Vec<TablePlace>> {
    if *place == InputPlace::Stdin {
        let why = "standard input can be read but once, and a scan looks at the beginning first; name a file";
        return Err(Error::Usage(why.to_owned()));
    }
    let guessed = DialectWish {
        header: HeaderWish::Guessed,
        ..DialectWish::default()
    };
    if let Some(sheets) = sheets(place, name)? {
        let filled = sheets
            .into_iter()
            .filter(|sheet| sheet.has_content && sheet.shown);
        let tables = filled.map(|sheet| TablePlace {
            wish: DialectWish {
                sheet: Some(SheetWish::Name(sheet.name.clone())),
                ..guessed.clone()
            },
            members: Vec::new(),
            sheet: Some(sheet.name),
            arrays: Vec::new(),
        });
        return Ok(tables.collect());
    }
    let Some(places) = object_places(place, name, &guessed)? else {
        return Ok(vec![TablePlace {
            wish: guessed,
            members: Vec::new(),
            sheet: None,
            arrays: Vec::new(),
        }]);
    };
    let mut tables = Vec::new();
    for place in places {
        let path = place.path.as_deref().map(RecordPath::parse).transpose();
        let records = path.map_err(|why| Error::Internal(format!("{name}: {why}")))?;
        tables.push(TablePlace {
            wish: DialectWish {
                records,
                ..guessed.clone()
            },
            members: place.members,
            sheet: None,
            arrays: place.arrays,
        });
    }
    Ok(tables)
}
